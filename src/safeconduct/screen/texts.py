"""Words of this room, in English; a State adds its own languages. Why each rule is as it is: ``docs/screening.md``."""

from __future__ import annotations

TEXTS = {
    "screen.reason.identifier_and_name_agree": "An identifier is the same and the name resembles “{listed}”.",
    "screen.reason.identifier_agrees_and_something_differs": (
        "An identifier is that of “{listed}”, but name or facts differ: a slip, or somebody else's number."
    ),
    "screen.reason.kind_contradicts": "“{listed}” has the same name but is not the same kind of party.",
    "screen.reason.birth_date_contradicts": "“{query}” was not born when “{listed}” was.",
    "screen.reason.unique_number_contradicts": (
        "“{query}” and “{listed}” have different numbers of a kind that is issued once and for ever."
    ),
    "screen.reason.several_facts_contradict": "More than one fact speaks against “{listed}”, and none for it.",
    "screen.reason.part_of_the_name_and_a_fact_contradicts": (
        "Only part of the name, or a weak alias, answers to “{listed}”, and a fact contradicts."
    ),
    "screen.reason.another_entry_fits": (
        "A fact differs from “{listed}” and none agrees, while entry {entry} of {source} fits what is known."
    ),
    "screen.reason.name_and_birth_date_agree": "The name answers to “{listed}”, and the day of birth is the same.",
    "screen.reason.name_birth_year_and_territory_agree": (
        "The name answers to “{listed}”; the birth date agrees as far as it is known, and the nationality is the same."
    ),
    "screen.reason.part_of_the_name_birth_date_and_territory_agree": (
        "Part of the name answers to “{listed}”; the day of birth and the nationality are the same."
    ),
    "screen.reason.name_birth_place_and_territory_agree": (
        "The name is that of “{listed}”, born in the same place and of the same nationality."
    ),
    "screen.reason.organisation_name_and_territory_agree": "An organisation named “{listed}” is in the same territory.",
    "screen.reason.name_resembles": "The name resembles “{listed}”, and nothing known settles whether it is the same.",
    "screen.reason.names_differ": "“{query}” and “{listed}” differ in words of their own.",
    "screen.too_little.nothing_tells": (
        "It holds only titles, legal forms, numbers, small and general words, which tell nobody from another."
    ),
    "screen.too_little.one_name": (
        "It is one name of a person, or one and initials: only a listed party called just that would be found."
    ),
    "screen.too_little.kind_not_stated": (
        "It is one word and nobody says what it names: of a person, only a listed one called just that would be found."
    ),
    "screen.too_little.common_words": (
        "It is so short, or of such common words, that only a listed party called just that would be found."
    ),
    "screen.part.alias_quality": "Kind of listed name",
    "screen.part.birth_date": "Birth date",
    "screen.part.birth_place": "Birth place",
    "screen.part.distinctive_word": "Distinctive word",
    "screen.part.extra_names": "Further names",
    "screen.part.family_name": "Family name",
    "screen.part.generic_word": "General word",
    "screen.part.given_name": "Given name",
    "screen.part.identifier": "Identifier",
    "screen.part.kind": "Kind of party",
    "screen.part.legal_form": "Legal form",
    "screen.part.name_order": "Order of names",
    "screen.part.name_word": "Name",
    "screen.part.number": "Number",
    "screen.part.patronymic": "Father's name",
    "screen.part.place_word": "Place in the name",
    "screen.part.reading": "How the word was read",
    "screen.part.sex": "Sex",
    "screen.part.territory": "Nationality or seat",
    "screen.part.title": "Title",
    "screen.part.trade_word": "Word of trade",
    "screen.finding.acronym": "the first letters of the words",
    "screen.finding.agree": "agrees",
    "screen.finding.agree_address": "is a listed address, not the nationality",
    "screen.finding.alias": "alias",
    "screen.finding.cantonese": "by its sound in Cantonese",
    "screen.finding.consonants": "by its consonants, in Arabic script",
    "screen.finding.contradict": "contradicts",
    "screen.finding.different": "different",
    "screen.finding.differs": "differs, which settles nothing",
    "screen.finding.former": "former name",
    "screen.finding.foreign": "as the sound of a foreign word",
    "screen.finding.heard": "a foreign word heard in another script",
    "screen.finding.initial": "an initial",
    "screen.finding.japanese": "by its sound in Japanese",
    "screen.finding.korean": "by its sound in Korean",
    "screen.finding.mandarin": "by its sound in Mandarin",
    "screen.finding.near": "one slip apart",
    "screen.finding.nickname": "a short form",
    "screen.finding.not_comparable": "of another kind",
    "screen.finding.not_listed": "the list does not say",
    "screen.finding.not_stated": "not stated",
    "screen.finding.omitted": "left out on one side",
    "screen.finding.one_letter_apart": "one letter apart",
    "screen.finding.original_script": "name in its own script",
    "screen.finding.other_day": "another day of that month, or that day of another month",
    "screen.finding.primary": "principal name",
    "screen.finding.related": "a related name",
    "screen.finding.resembling": "looks alike, and may be another word",
    "screen.finding.same": "the same",
    "screen.finding.same_day": "the same day",
    "screen.finding.similar": "similar",
    "screen.finding.sounds_alike": "sounds alike",
    "screen.finding.spelling": "another spelling",
    "screen.finding.two_letters_apart": "two letters apart, and may be another word",
    "screen.finding.translated": "by its meaning",
    "screen.finding.unreadable": "no readable date",
    "screen.finding.weak_alias": "weak alias",
}
