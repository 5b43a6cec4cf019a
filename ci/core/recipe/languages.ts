import type { Language } from "../ids.js"
import { docker } from "./docker/docker.js"
import { go } from "./go/go.js"
import { java } from "./java/java.js"
import type { LanguageRecipe } from "./language.js"
import { node } from "./node/node.js"
import { python } from "./python/python.js"
import { rust } from "./rust/rust.js"
import { staticPage } from "./static/static.js"

const recipes: Readonly<Partial<Record<Language, LanguageRecipe>>> = {
  docker,
  go,
  java,
  node,
  python,
  rust,
  static: staticPage,
}

/** The recipe of a language, where there is one. */
export function languageRecipe(language: Language): LanguageRecipe | undefined {
  return recipes[language]
}

/** The languages that can be built. */
export function languagesWithRecipe(): readonly string[] {
  return Object.keys(recipes)
}
