// Compiles the look: SCSS to CSS, its mirror image for right-to-left scripts, the font subsets,
// and built.json, which says which inputs and outputs belong together (tests/doors/test_assets.py).
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import postcss from "postcss";
import rtlcss from "rtlcss";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const out = join(here, "..", "src", "safeconduct", "static", "safeconduct");
const fonts = [
  { name: "ibm-plex-sans", family: "IBM Plex Sans", subsets: ["latin", "latin-ext", "cyrillic", "greek"], weights: [400, 600] },
  { name: "ibm-plex-sans-arabic", family: "IBM Plex Sans Arabic", subsets: ["arabic"], weights: [400, 600] },
  { name: "ibm-plex-mono", family: "IBM Plex Mono", subsets: ["latin"], weights: [400, 600] },
];

function fontFaces() {
  rmSync(join(out, "fonts"), { recursive: true, force: true });
  mkdirSync(join(out, "fonts"), { recursive: true });
  return fonts.flatMap(({ name, family, subsets, weights }) => {
    const root = join(modules, "@fontsource", name);
    const ranges = JSON.parse(readFileSync(join(root, "unicode.json"), "utf8"));
    cpSync(join(root, "LICENSE"), join(out, "fonts", `${name}-LICENSE.txt`));
    return subsets.flatMap((subset) =>
      weights.map((weight) => {
        const file = `${name}-${subset}-${weight}-normal.woff2`;
        cpSync(join(root, "files", file), join(out, "fonts", file));
        return `@font-face {
  font-family: "${family}";
  font-weight: ${weight};
  font-display: swap;
  src: url("fonts/${file}") format("woff2");
  unicode-range: ${ranges[subset]};
}`;
      }),
    );
  });
}

const sha256 = (file) => createHash("sha256").update(readFileSync(join(here, file))).digest("hex");
const hashes = (files) => Object.fromEntries(files.sort().map((file) => [file, sha256(file)]));

const faces = fontFaces();
const { css } = sass.compile(join(here, "scss", "app.scss"), {
  loadPaths: [join(modules, "govuk-frontend", "dist", "govuk")],
  charset: false,
});
// The library still carries a hack for Internet Explorer, whose escape Sass turns into U+FFFD.
const noHack = { postcssPlugin: "no-hack", AtRule: { media: (rule) => void (rule.params.includes("\ufffd") && rule.remove()) } };
const clean = postcss([noHack]).process(css, { from: undefined }).css;
const sheet = `${clean}\n${faces.join("\n")}\n`;
writeFileSync(join(out, "app.css"), sheet);
writeFileSync(join(out, "app.rtl.css"), rtlcss.process(sheet));

const compiled = "../src/safeconduct/static/safeconduct";
const built = {
  inputs: hashes([
    "build.mjs",
    "package.json",
    "package-lock.json",
    ...readdirSync(join(here, "scss")).map((file) => `scss/${file}`),
  ]),
  outputs: hashes([
    `${compiled}/app.css`,
    `${compiled}/app.rtl.css`,
    ...readdirSync(join(out, "fonts")).map((file) => `${compiled}/fonts/${file}`),
  ]),
};
writeFileSync(join(here, "built.json"), `${JSON.stringify(built, null, 2)}\n`);
