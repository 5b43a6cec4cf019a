import { below, manifest, upFrom, type Files, type PlannedService } from "./shape.js"

/** A page whose files have spaces and letters of several languages in their names. */
export function page(service: PlannedService): Files {
  return below(service.folder, {
    ...manifest(service),
    "public/index.html": `<!doctype html>\n<meta charset="utf-8">\n<title>${service.name}</title>\n<p>${service.mark}</p>\n`,
    "public/über uns/größe & maß.html": "<!doctype html>\n<title>Maß</title>\n",
    "public/日本語.txt": "こんにちは\n",
    "public/FRACHT.txt": "its name differs only in case\n",
    "public/fracht.txt": "from this one's\n",
  })
}

/** A Dockerfile, in a context that is the whole fleet, with a program in the Perl that Debian has anyway. */
export function dockerfile(service: PlannedService): Files {
  return below(service.folder, {
    ...manifest(service, `docker:\n  context: ${upFrom(service.folder)}\n`),
    Dockerfile: `FROM debian:trixie-slim
COPY ["${service.folder}/server.pl", "/srv/"]
CMD ["perl", "/srv/server.pl"]
`,
    "server.pl": String.raw`use Socket;
$| = 1;
socket(S, PF_INET, SOCK_STREAM, 0);
setsockopt(S, SOL_SOCKET, SO_REUSEADDR, 1);
bind(S, sockaddr_in(8080, INADDR_ANY)) or die;
listen(S, 5);
print "${service.name} listens\n";
while (accept(C, S)) { print C "HTTP/1.0 200 OK\r\n\r\n${service.name} ${service.mark}\n"; close C }
`,
  })
}

const words = "packages/wörter"

/** npm's workspace with the services in it and a package that they share, in a folder that is not called libs. */
export function nodeWorkspace(services: readonly PlannedService[]): Files {
  const members = [words, ...services.map(({ folder }) => folder)]
  const named = (folder: string) =>
    services.find((service) => service.folder === folder)?.name ?? "@haus/words"
  const entries = members.flatMap((folder): [string, object][] => {
    const name = named(folder)
    const isShared = folder === words
    const own = isShared ? { name, version: "1.0.0" } : { name, dependencies: { "@haus/words": "1.0.0" } }
    return [
      [folder, own],
      [`node_modules/${name}`, { resolved: folder, link: true }],
    ]
  })
  const root = { name: "haus", private: true, workspaces: members }
  return {
    "package.json": json(root),
    "package-lock.json": json({
      ...{ name: "haus", lockfileVersion: 3, requires: true },
      packages: { "": { name: "haus", workspaces: members }, ...Object.fromEntries(entries) },
    }),
    ...below(words, {
      "package.json": json({ name: "@haus/words", version: "1.0.0", type: "module", exports: "./grüße.js" }),
      "grüße.js": "export const greet = (name) => `Grüß Gott, ${name}`\n",
    }),
  }
}

/** A member of {@link nodeWorkspace}. */
export function nodeMember(service: PlannedService): Files {
  return below(service.folder, {
    ...manifest(service),
    "package.json": json({
      ...{ name: service.name, private: true, type: "module", main: "server.js" },
      dependencies: { "@haus/words": "1.0.0" },
    }),
    "server.js": `import { greet } from "@haus/words"
import { createServer } from "node:http"

createServer((_, response) => response.end(greet("${service.name} ${service.mark}"))).listen(8080, () => console.log("listens"))
`,
  })
}

/** A script with nothing but Python's own library, and a text of the fleet beside it. */
export function python(service: PlannedService): Files {
  return below(service.folder, {
    ...manifest(service, "uses:\n  - packages/wörter/grüße.js\n"),
    "main.py": `from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

words = Path("packages/wörter/grüße.js").read_text(encoding="utf-8")


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"${service.name} ${service.mark}: {words}".encode())


HTTPServer(("", 8080), Answer).serve_forever()
`,
  })
}

/** Cargo's workspace in a folder of its own, with a crate that its services share. */
export function rustWorkspace(root: string, services: readonly PlannedService[]): Files {
  const names = services.map(({ folder }) => folder.slice(root.length + 1))
  const packages = [
    ...services.map(({ name }) => `name = "${name}"\nversion = "0.1.0"\ndependencies = [\n "plume",\n]\n`),
    'name = "plume"\nversion = "0.1.0"\n',
  ].sort()
  return below(root, {
    "Cargo.toml": `[workspace]\nresolver = "3"\nmembers = ${JSON.stringify(["crates/plume", ...names])}\n`,
    "Cargo.lock": `version = 4\n\n${packages.map((text) => `[[package]]\n${text}`).join("\n")}`,
    ...below("crates/plume", {
      "Cargo.toml": '[package]\nname = "plume"\nversion = "0.1.0"\nedition = "2024"\n',
      "src/lib.rs": `use std::io::{Read, Write};
use std::net::TcpListener;

/// Serves one text on port 8080.
pub fn serve(text: &str) {
    let listener = TcpListener::bind("0.0.0.0:8080").expect("port 8080");
    for stream in listener.incoming().flatten() {
        let mut stream = stream;
        let _ = stream.read(&mut [0; 4096]);
        let _ = write!(stream, "HTTP/1.0 200 OK\\r\\n\\r\\n{text}\\n");
    }
}
`,
    }),
  })
}

/** A member of {@link rustWorkspace}, which lies two folders above it. */
export function rustMember(service: PlannedService): Files {
  return below(service.folder, {
    ...manifest(service),
    "Cargo.toml": `[package]
name = "${service.name}"
version = "0.1.0"
edition = "2024"

[dependencies]
plume = { path = "../../crates/plume" }
`,
    "src/main.rs": `fn main() {\n    plume::serve("${service.name} ${service.mark}");\n}\n`,
  })
}

/** A Maven project with nothing but Java's own library. */
export function java(service: PlannedService): Files {
  return below(service.folder, {
    ...manifest(service),
    "pom.xml": `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>org.example</groupId>
  <artifactId>${service.name}</artifactId>
  <version>1.0.0</version>
  <properties>
    <maven.compiler.release>21</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
</project>
`,
    "src/main/java/org/example/Main.java": `package org.example;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

public final class Main {
    public static void main(String[] args) throws IOException {
        byte[] text = "${service.name} ${service.mark}".getBytes();
        HttpServer server = HttpServer.create(new InetSocketAddress(8080), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
    }
}
`,
  })
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
