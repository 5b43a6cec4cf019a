import { expect, test } from "vitest"
import { nameServices } from "../../../../ci/core/adopt/service-names.js"

function names(...services: Parameters<typeof nameServices>[0]) {
  return Object.fromEntries(nameServices(services, ["taken"], "my-shop"))
}

test("a folder's name serves where it is the name of an image", () => {
  expect(names({ folder: "src/cart", title: "other" })).toEqual({ "src/cart": "cart" })
})

test("folders that say nothing are named by those around them", () => {
  expect(names({ folder: "cart/src" })).toEqual({ "cart/src": "cart" })
})

test("the repository's root is named by its own files, else by its folder", () => {
  expect(names({ folder: ".", title: "hello-api" })).toEqual({ ".": "hello-api" })
  expect(names({ folder: ".", title: "Not An Image" })).toEqual({ ".": "my-shop" })
})

test("what is no image name becomes one", () => {
  expect(names({ folder: "apps/Größe & Co" })).toEqual({ "apps/Größe & Co": "grosse-co" })
  expect(names({ folder: "日本" })).toEqual({ 日本: "service" })
})

test("folders of one name are named by those around them, where nothing else is in there", () => {
  const folders = ["apps/shop/backend", "apps/blog/backend", "apps/blog/frontend"]
  expect(names(...folders.map((folder) => ({ folder })))).toEqual({
    "apps/shop/backend": "shop",
    "apps/blog/backend": "blog-backend",
    "apps/blog/frontend": "frontend",
  })
})

test("equal names are told apart, and taken ones left alone", () => {
  expect(names({ folder: "x/taken" }, { folder: "x/y/taken" })).toEqual({
    "x/taken": "x-taken",
    "x/y/taken": "y-taken",
  })
  expect(names({ folder: "api" }, { folder: "API" })).toEqual({ api: "api", API: "api-2" })
})
