"""What French and Spanish sellers say, deny and offer, and what only sounds like it."""

import pytest

from safeconduct.classify.facts_from_text import proposals_of
from safeconduct.classify.language import language_of
from safeconduct.core.item import Datasheet


def said(*lines: str) -> set[tuple[str, str]]:
    """(fact without ``item.``, says) of every proposal."""
    return {(each.fact.removeprefix("item."), each.says) for each in proposals_of(Datasheet("sheet", lines))}


def values(fact: str, *lines: str) -> set[object]:
    return {each.value for each in proposals_of(Datasheet("sheet", lines)) if each.fact == fact and each.says == "yes"}


@pytest.mark.parametrize(
    ("line", "fact", "says"),
    [
        ("Dimensionnée pour 4 Tbit/s agrégés à l'échelle d'un pays", "carrier_class_ip", "yes"),
        ("La sonde comprend plus de 1 500 protocoles, de HTTP à WhatsApp", "layer7_analysis", "yes"),
        ("Les sessions web et les courriels sont rejoués à l'écran", "extracts_content_and_metadata", "yes"),
        ("Full-text sur l'ensemble des données capturées", "indexes_extracted_data", "yes"),
        ("Alerte dès qu'un numéro de la liste de cibles apparaît", "searches_hard_selectors", "yes"),
        ("Met au jour l'entourage d'un suspect à partir de ses appels", "maps_relations", "yes"),
        ("Où se trouvait ce téléphone hier à 18 h ? Tracez son parcours sur la carte.", "tracks_movement", "yes"),
        (
            "À l'usage exclusif des services de police et de renseignement : surveillance des communications",
            "for_law_enforcement_monitoring",
            "yes",
        ),
        (
            "Transmet les communications interceptées au centre de l'autorité selon les normes ETSI",
            "handover_interface",
            "yes",
        ),
        ("L'implant est généré pour chaque opération", "intrusion_role", "yes"),
        ("Capte la voix et les SMS directement sur l'interface air", "air_interface_content", "yes"),
        (
            "Relève les identités (IMSI, IMEI) de tous les mobiles passant à proximité",
            "air_interface_identifiers",
            "yes",
        ),
        ("Peut brouiller un seul numéro sans gêner ses voisins", "selective_jamming", "yes"),
        ("Signale toute cellule suspecte ou IMSI-catcher dans les environs", "detects_interception", "yes"),
        ("Protection des convois contre les EEI", "counter_ied", "yes"),
        ("Attaque par dictionnaire et masques sur 8 GPU", "cryptanalytic", "yes"),
        ("Acquisition physique complète y compris partitions cachées", "extracts_raw_device_data", "yes"),
        ("Accède aux appareils verrouillés (BFU et AFU)", "defeats_device_lock", "yes"),
        ("Ne contourne aucun code de verrouillage", "defeats_device_lock", "no"),
        ("L'extraction physique n'est pas proposée", "extracts_raw_device_data", "no"),
        ("Aucune interception de contenu : ni appels ni SMS", "air_interface_content", "no"),
        ("Le brouillage sélectif n'est pas possible", "selective_jamming", "no"),
        ("Ne permet pas de localiser une personne", "tracks_movement", "no"),
        ("Cartographie relationnelle : en option", "maps_relations", "perhaps"),
        ("Déverrouillage de smartphones (licence complémentaire)", "defeats_device_lock", "perhaps"),
        ("Reconnaissance faciale disponible en 2027 (feuille de route)", "capability_flags", "perhaps"),
        ("Fonctionne à l'insu de la personne écoutée", "surreptitious_interception", "yes"),
        ("Traçabilité complète : chaque action est journalisée de façon inaltérable", "audit_log", "yes"),
        ("Nombre maximal de cibles simultanées fixé par contrat", "target_cap", "yes"),
        ("Le constructeur se réserve le droit de désactiver l'équipement à distance", "access_revocable", "yes"),
        ("Accès subordonné à la saisie du numéro d'ordonnance du juge", "reason_for", "yes"),
        ("Poids net 40 g d'agent CS", "container_net_weight", "yes"),
        ("50 images/s", "frame_rate_hz", "yes"),
        ("Endurance 6 heures", "endurance_minutes", "yes"),
        ("Dimensionada para 4 Tbit/s a escala nacional", "carrier_class_ip", "yes"),
        ("La sonda entiende más de 1.500 protocolos, de HTTP a WhatsApp", "layer7_analysis", "yes"),
        ("Las sesiones web y los correos se reproducen en pantalla", "extracts_content_and_metadata", "yes"),
        ("Full-text sobre el conjunto de los datos capturados", "indexes_extracted_data", "yes"),
        ("Avisa en cuanto aparece un número de la lista de objetivos", "searches_hard_selectors", "yes"),
        ("Saca a la luz el entorno de un sospechoso a partir de sus llamadas", "maps_relations", "yes"),
        ("Trace en el mapa el recorrido del teléfono de ayer", "tracks_movement", "yes"),
        (
            "Para uso exclusivo de policía y servicios de inteligencia: vigilancia de comunicaciones",
            "for_law_enforcement_monitoring",
            "yes",
        ),
        (
            "Transmite las comunicaciones intervenidas al centro de la autoridad según normas ETSI",
            "handover_interface",
            "yes",
        ),
        ("El implante se genera para cada operación", "intrusion_role", "yes"),
        ("Capta la voz y los SMS directamente de la interfaz de aire", "air_interface_content", "yes"),
        (
            "Registra las identidades (IMSI, IMEI) de todos los móviles que pasan cerca",
            "air_interface_identifiers",
            "yes",
        ),
        ("Puede inhibir un solo número sin afectar a los demás", "selective_jamming", "yes"),
        ("Señala cualquier celda sospechosa o IMSI-catcher en la zona", "detects_interception", "yes"),
        ("Protección de convoyes contra IED", "counter_ied", "yes"),
        ("Ataque por diccionario y máscaras con 8 GPU", "cryptanalytic", "yes"),
        ("Adquisición física completa, incluidas particiones ocultas", "extracts_raw_device_data", "yes"),
        ("Accede a equipos bloqueados (BFU y AFU)", "defeats_device_lock", "yes"),
        ("No elude ningún código de bloqueo", "defeats_device_lock", "no"),
        ("La extracción física no se ofrece", "extracts_raw_device_data", "no"),
        ("Ninguna interceptación de contenido: ni llamadas ni SMS", "air_interface_content", "no"),
        ("El bloqueo selectivo no es posible", "selective_jamming", "no"),
        ("No permite localizar a una persona", "tracks_movement", "no"),
        ("Mapa de relaciones: opcional", "maps_relations", "perhaps"),
        ("Desbloqueo de smartphones (licencia adicional)", "defeats_device_lock", "perhaps"),
        ("Reconocimiento facial disponible en 2027 (hoja de ruta)", "capability_flags", "perhaps"),
        ("Funciona sin que lo advierta la persona escuchada", "surreptitious_interception", "yes"),
        ("Trazabilidad completa: cada acción queda registrada de forma inalterable", "audit_log", "yes"),
        ("Número máximo de objetivos simultáneos fijado por contrato", "target_cap", "yes"),
        ("El fabricante se reserva el derecho de desactivar el equipo a distancia", "access_revocable", "yes"),
        ("Para iniciar hay que ingresar el número de la orden del juez", "reason_for", "yes"),
        ("Peso neto 40 g de agente CS", "container_net_weight", "yes"),
        ("50 cuadros por segundo", "frame_rate_hz", "yes"),
        ("Vuela hasta 6 horas", "endurance_minutes", "yes"),
        ("Extraction strictement logique", "extraction_limited_to", "yes"),
        ("Chiffrement AES-256 normalisé, aucune cryptographie maison", "uses_standard_cryptography_only", "yes"),
        ("Capteur VOx non refroidi, bande 8-14 µm", "microbolometer_camera", "yes"),
        ("Vol hors vue directe jusqu'à 40 km", "flies_out_of_sight", "yes"),
        ("Tenue au vent : rafales de 60 km/h", "flies_in_gusts", "yes"),
        ("Bombe de défense au gel CS 100 ml, masse nette 75 g", "riot_agent", "yes"),
        ("Lanceur de grenades lacrymogènes 56 mm", "crime_control_kind", "yes"),
        ("Extracción estrictamente lógica", "extraction_limited_to", "yes"),
        ("Cifrado AES-256 normalizado, sin criptografía propia", "uses_standard_cryptography_only", "yes"),
        ("Sensor VOx no refrigerado, banda 8-14 µm", "microbolometer_camera", "yes"),
        ("Vuelo fuera de la línea de vista hasta 40 km", "flies_out_of_sight", "yes"),
        ("Resistencia al viento: ráfagas de 60 km/h", "flies_in_gusts", "yes"),
        ("Aerosol de defensa con gel CS 100 ml, masa neta 75 g", "riot_agent", "yes"),
        ("Lanzador de granadas lacrimógenas de 56 mm", "crime_control_kind", "yes"),
    ],
)
def test_a_line_is_read_as_said_denied_or_offered(line: str, fact: str, says: str) -> None:
    assert {each for key, each in said(line) if key == fact} == {says}


@pytest.mark.parametrize(
    "line",
    [
        "Antivirus qui détecte les logiciels espions et les chevaux de Troie",
        "L'agent s'installe sur les postes et remonte l'inventaire au serveur",
        "Suivi de votre commande par e-mail ou par téléphone",
        "Recherche de pièces par numéro d'article",
        "Enregistrement des appels pour la formation des équipes du centre de contact",
        "Gestion des contacts clients et historique des échanges",
        "Le technicien déverrouille l'écran de l'automate avec son code",
        "Analyse des liens de causalité entre incidents",
        "Casque de chantier et bouclier thermique",
        "Signale toute fausse antenne relais dans les environs",
        "Antivirus que detecta programas espía y troyanos",
        "El agente se instala en los equipos y envía el inventario al servidor",
        "Seguimiento de su pedido por correo o teléfono",
        "Búsqueda de repuestos por número de parte",
        "Gestión de contactos y relaciones con clientes (CRM)",
        "El técnico desbloquea la pantalla del autómata con su código",
        "Objetivo fotográfico de 50 mm",
        "Avisa de toda estación base falsa en la zona",
        "Opera sin orden judicial",
        "Les contenus ne sont jamais enregistrés.",
        "Guarda contadores por plan, jamás el contenido",
        "Logiciel d'analyse pour vos caméras existantes",
    ],
)
def test_ordinary_goods_and_what_acts_against_surveillance_get_no_yes(line: str) -> None:
    harmless = {"function", "detects_interception", "reason_for", "marketed_for", "capability_flags"}
    assert {fact for fact, says in said(line) if says == "yes"} <= harmless


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("Le produit est incapable d'intercepter des appels mobiles", "air_interface_content"),
        ("Il est impossible de contourner le code de l'appareil", "defeats_device_lock"),
        ("À l'exclusion de toute extraction du contenu des messages", "extracts_content_and_metadata"),
        ("La localisation des abonnés a été retirée de cette version", "tracks_movement"),
        ("Ne sait ni déverrouiller un téléphone ni déchiffrer une sauvegarde", "cryptanalytic"),
        ("Carece de función de escucha de llamadas celulares", "air_interface_content"),
        ("Es imposible eludir el código del aparato", "defeats_device_lock"),
        ("Queda excluida la extracción del contenido de los mensajes", "extracts_content_and_metadata"),
        ("La localización de abonados fue retirada de esta versión", "tracks_movement"),
        ("Ni desbloquea teléfonos ni descifra respaldos", "cryptanalytic"),
    ],
)
def test_a_denial_is_never_read_as_yes(line: str, fact: str) -> None:
    assert {says for key, says in said(line) if key == fact} == {"no"}


@pytest.mark.parametrize(
    ("line", "fact"),
    [
        ("N'intercepte que les appels des cibles sous mandat sur le réseau GSM", "air_interface_content"),
        ("Aucun code PIN n'est nécessaire pour accéder au contenu", "defeats_device_lock"),
        ("Ne laisse aucune trace sur le téléphone de la cible", "surreptitious_interception"),
        ("Rien n'échappe à l'analyse applicative", "layer7_analysis"),
        ("Lot n° 3 : intercepte les appels GSM", "air_interface_content"),
        ("No hace falta el código PIN para acceder al contenido", "defeats_device_lock"),
        ("No deja rastro alguno en el teléfono del objetivo", "surreptitious_interception"),
        ("Aprovecha vulnerabilidades no publicadas para instalar el agente", "intrusion_role"),
        ("Partida Nº 3: intercepta llamadas GSM", "air_interface_content"),
    ],
)
def test_a_negation_that_denies_nothing_is_not_read_as_a_denial(line: str, fact: str) -> None:
    assert {says for key, says in said(line) if key == fact} == {"yes"}


@pytest.mark.parametrize(
    ("title", "kind", "function"),
    [
        ("Sonde de capture 100G pour liens internationaux", "ip_network_surveillance", "equipment"),
        ("Équipement de gestion de bande passante", "dpi_network_management", "equipment"),
        ("Logiciel d'exploitation de fadettes pour enquêteurs", "lawful_intercept_monitoring", "software"),
        ("Suite d'accès distant aux terminaux mobiles", "intrusion_software", "software"),
        ("Station d'extraction de téléphones", "mobile_forensics", "equipment"),
        ("Logiciel d'analyse de téléphones mobiles pour la police scientifique", "mobile_forensics", "software"),
        ("Intercepteur GSM/UMTS/LTE portatif", "mobile_interception", "equipment"),
        ("Brouilleur de téléphones portables pour salles d'examen", "jammer", "equipment"),
        ("Logiciel de reconnaissance faciale en temps réel", "facial_recognition", "software"),
        ("Caméra à identification faciale", "facial_recognition", "equipment"),
        ("Logiciel de vidéoprotection intelligente", "video_analytics", "software"),
        ("Lecteur automatique de plaques d'immatriculation", "video_analytics", "equipment"),
        ("Balise GPS aimantée pour filature", "location_tracking", "equipment"),
        ("Borne d'enrôlement biométrique", "biometrics", "equipment"),
        ("Logiciel de comparaison vocale", "biometrics", "software"),
        ("Outil de veille et d'investigation sur les réseaux sociaux", "social_media_analytics", "software"),
        ("Lanceur de balles de défense 40 mm", "crowd_control", "equipment"),
        ("Menottes de sécurité à double verrouillage", "restraint", "equipment"),
        ("Messagerie instantanée chiffrée pour équipes", "encryption", "software"),
        ("Chiffreur de ligne 10G", "encryption", "equipment"),
        ("Terminal radio TETRA pour pompiers", "emergency_radio", "equipment"),
        ("Routeur Wi-Fi de quartier", "network_equipment", "equipment"),
        ("Station météorologique automatique", "environment_sensor", "equipment"),
        ("Stage intensif de développement d'exploits", "training", "training"),
        ("Détachement d'ingénieurs auprès du client", "technical_assistance", "service"),
        ("Equipo de gestión de ancho de banda", "dpi_network_management", "equipment"),
        ("Software de análisis de sábanas de llamadas", "lawful_intercept_monitoring", "software"),
        ("Suite de acceso remoto a terminales móviles", "intrusion_software", "software"),
        ("Estación de extracción de celulares", "mobile_forensics", "equipment"),
        ("Software de análisis de teléfonos para policía científica", "mobile_forensics", "software"),
        ("Interceptor portátil GSM/UMTS/LTE", "mobile_interception", "equipment"),
        ("Inhibidor de telefonía móvil para aulas de examen", "jammer", "equipment"),
        ("Cámara con identificación facial", "facial_recognition", "equipment"),
        ("Lector automático de placas vehiculares", "video_analytics", "equipment"),
        ("Baliza GPS con imán para seguimientos", "location_tracking", "equipment"),
        ("Software de comparación de voces", "biometrics", "software"),
        ("Herramienta de investigación en redes sociales", "social_media_analytics", "software"),
        ("Generador portátil de aerosol lacrimógeno", "crowd_control", "equipment"),
        ("Silla de sujeción para celdas", "restraint", "equipment"),
        ("Cifrador de línea 10G", "encryption", "equipment"),
        ("Analizador de espectro portátil", "network_equipment", "equipment"),
        ("Estación meteorológica automática", "environment_sensor", "equipment"),
        ("Comisión de ingenieros en las instalaciones del cliente", "technical_assistance", "service"),
    ],
)
def test_a_title_tells_kind_and_form(title: str, kind: str, function: str) -> None:
    sheet = ("ACME SA", "", title, "", "Référence 12")
    assert values("item.kind", *sheet) == {kind}
    assert values("item.function", *sheet) == {function}


@pytest.mark.parametrize(
    ("line", "fact", "value"),
    [
        ("Endurance : 2 h 15 par vent nul", "item.endurance_minutes", 135),
        ("Autonomía de vuelo 1 hora y 30 minutos", "item.endurance_minutes", 90),
        ("Temps de vol 2 h, 40 km/h", "item.endurance_minutes", 120),
        ("Caméra infrarouge, cadence 8,5 images par seconde", "item.frame_rate_hz", "8.5"),
        ("50 cuadros por segundo", "item.frame_rate_hz", "50"),
        ("Contenance nette 54 g", "item.container_net_weight", "54"),
        ("Gas pimienta en aerosol de 60 g netos", "item.container_net_weight", "60"),
        ("Décolle par rafales de 50 km/h", "item.flies_in_gusts", True),
    ],
)
def test_quantities_are_read_in_french_and_spanish_units(line: str, fact: str, value: object) -> None:
    assert values(fact, line) == {value}


def test_the_language_of_short_sheets_is_told() -> None:
    assert language_of(("DVA Edelweiss", "Il ne garde pas trace de vos déplacements")) == "fr"
    assert language_of(("Sonda Cóndor", "La sonda se instala en los enlaces")) == "es"
