import { expect, test } from "vitest"
import { openedFiles } from "../../../../../ci/core/recipe/go/opened-files.js"

const files = [
  "web/main.go",
  "web/products.json",
  "web/templates/index.html",
  "web/static/app.css",
  "web/conf/app.yaml",
  "web/.env",
  "other/products.json",
]

function opened(...lines: readonly string[]): readonly string[] {
  return openedFiles([`package main\n${lines.join("\n")}\n`], "web", files)
}

test.each([
  ['os.ReadFile("products.json")', "products.json"],
  ["ioutil.ReadFile(`./products.json`)", "products.json"],
  ['template.Must(template.New("x").ParseGlob("templates/*.html"))', "templates/*.html"],
  ['template.Must(template.ParseFiles("nowhere.html", "templates/index.html"))', "templates/index.html"],
  ['http.FileServer(http.Dir("./static/"))', "static"],
  ['http.ServeFile(w, r, "templates/index.html")', "templates/index.html"],
  ['router.Static("/static", "./static")', "static"],
  ['os.Open(filepath.Join("conf", "app.yaml"))', "conf/app.yaml"],
])("%s needs %s", (line, path) => {
  expect(opened(line)).toEqual([path])
})

test.each([
  'os.ReadFile("nowhere.json")',
  'os.ReadFile("/etc/products.json")',
  'os.ReadFile("../other/products.json")',
  'os.ReadFile(".env")',
  'http.FileServer(http.Dir("."))',
  '// os.ReadFile("products.json")',
  'fmt.Println("products.json")',
  'os.ReadFile(filepath.Join(folder, "products.json"))',
])("%s needs nothing that lies beside the program", (line) => {
  expect(opened(line)).toEqual([])
})
