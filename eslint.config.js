import js from "@eslint/js"
import { defineConfig, globalIgnores } from "eslint/config"
import tseslint from "typescript-eslint"

export default defineConfig(
  globalIgnores(["services/", "examples/", "test/fixtures/", "ci/sdk/", "**/dist/", "**/.slipway/"]),
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      // Dagger describes lazily: a promise that nobody awaits is a step that never runs.
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // A command or a step is async because its kind is, whether it waits or not.
      "@typescript-eslint/require-await": "off",
      // Messages show values of unknown type as they are.
      "@typescript-eslint/no-base-to-string": "off",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Exports are named." },
        { selector: "ExportAllDeclaration", message: "No barrels: import from the file itself." },
      ],
    },
  },
  {
    // Tests read JSON and name what they expect of it.
    files: ["test/**"],
    rules: {
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
    },
  },
  {
    // What a module finds as the SDK is the whole of it.
    files: ["engine/typescript-runtime/sdk/core.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    // The launcher and the configuration files of tools.
    files: ["slipway", "*.js", "*.config.ts", "libs/*/*.config.ts"],
    languageOptions: { globals: { process: "readonly", performance: "readonly", URL: "readonly" } },
    rules: { "no-restricted-syntax": "off" },
  },
)
