import { expect, test } from "vitest"
import { find, manifestOf } from "../../helpers/adopt.js"

const cargo = (name: string, more = "") => `[package]\nname = "${name}"\nversion = "0.1.0"\n${more}`

test("ports are those of the program, not of its tests", () => {
  const text = manifestOf({
    "Cargo.toml": cargo("price"),
    "src/main.rs": `fn main() {
    let app = Router::new().route("/healthz", get(ok));
    let address = SocketAddr::from(([0, 0, 0, 0], 3000));
}

#[cfg(test)]
mod tests {
    fn binds() { TcpListener::bind("0.0.0.0:4000"); }
}
`,
  })
  expect(text).toBe(`language: rust
port: 3000 # src/main.rs, line 3
health:
  http: /healthz # src/main.rs, line 2
`)
})

test("an option's default is the port, in each of the ways that clap has", () => {
  const port = (code: string) =>
    manifestOf({ "Cargo.toml": cargo("serve"), "src/main.rs": code }).match(/^port: (\d+)/m)?.[1]
  expect(port('.arg(Arg::new("port")\n  .short(\'p\')\n  .default_value("8001"))')).toBe("8001")
  const derived = `struct Options {
    #[arg(long, default_value = "9000")]
    pub metrics: u16,
    /// Port to use
    #[arg(short = 'p', default_value_t = 8002)]
    pub port: u16,
}`
  expect(port(derived)).toBe("8002")
})

test("a build script that compiles protobuf files needs their compiler", () => {
  const built = (more: string) =>
    manifestOf({
      "Cargo.toml": `${cargo("ads")}\n[build-dependencies]\n${more}`,
      "src/main.rs": "fn main() {}",
    })
  expect(built('tonic-build = "0.12"\n')).toContain(
    "builderPackages: [protobuf-compiler] # what its build script calls\n",
  )
  expect(built('tonic-build = "0.12"\nprotox = "0.7"\n')).not.toContain("builderPackages")
})

test("one of several programs is chosen by name, or asked for", () => {
  const files = (name: string, more = "") => ({
    "price/Cargo.toml": cargo(name, more),
    "price/src/bin/price.rs": "",
    "price/src/bin/migrate.rs": "",
  })
  expect(manifestOf(files("other"))).toContain("entrypoint: price # one of price, migrate\n")
  expect(manifestOf(files("price", 'default-run = "migrate"\n'))).not.toContain("entrypoint")
  const asked = manifestOf({ ...files("other"), "price/src/bin/price.rs": "" })
  expect(asked).toContain("entrypoint: price")
})

test("a program is named by the Dockerfile that starts it", () => {
  const text = manifestOf({
    "Cargo.toml": cargo("all"),
    "src/bin/one.rs": "",
    "src/bin/two.rs": "",
    Dockerfile: 'FROM rust\nCOPY . .\nENTRYPOINT ["/usr/local/bin/two"]\n',
  })
  expect(text).toContain("entrypoint: two # what the Dockerfile starts\n")
})

test("of a workspace, the members with programs are services", () => {
  const { services, others } = find({
    "Cargo.toml": '[workspace]\nmembers = ["crates/*"]\n',
    "crates/api/Cargo.toml": cargo("api"),
    "crates/api/src/main.rs": "",
    "crates/money/Cargo.toml": cargo("money"),
    "crates/money/src/lib.rs": "",
  })
  expect(services.map(({ folder }) => folder)).toEqual(["crates/api"])
  expect(others).toEqual([
    { folder: ".", kind: "library", what: "a Cargo workspace" },
    { folder: "crates/money", kind: "library", what: "Rust without a program" },
  ])
})
