import { posix } from "node:path"
import { script, shellWord, type Step } from "../steps.js"
import { classPathFile, repository } from "./maven.js"
import { programs } from "./toolchain.js"

/**
 * Puts the libraries that a project runs with into /out/app/lib, and their order into /out/app/class-path, an argument
 * file of the java command. Projects of the same build are folders there: their paths from /src are in /lists/projects.
 */
export function collectLibraries(folder: string): Step {
  return script(
    "collect libraries",
    "mkdir -p /lists /out/app/lib",
    ": > /lists/projects",
    "path=/app/classes",
    `tr ':' '\\n' < ${shellWord(posix.join("/src", folder, classPathFile))} > /entries`,
    "echo >> /entries",
    "while read -r entry; do",
    '  case "$entry" in',
    "  '') ;;",
    "  /src/*)",
    '    echo "${entry#/src/}" >> /lists/projects',
    '    path="$path:/app/projects/${entry#/src/}" ;;',
    "  *)",
    '    name="${entry##*/}"',
    '    if [ -e "/out/app/lib/$name" ]; then',
    `      name="$(echo "\${entry#${repository}/}" | tr / _)"`,
    "    fi",
    '    cp "$entry" "/out/app/lib/$name"',
    '    path="$path:/app/lib/$name" ;;',
    "  esac",
    "done < /entries",
    'printf \'%s\\n\' "-cp" "\\"$path\\"" > /out/app/class-path',
    "rmdir --ignore-fail-on-non-empty /out/app/lib",
  )
}

/** Puts the classes of a project into /out/app/classes, and those of the projects that it runs with beside them. */
export function collectClasses(folder: string): Step {
  return script(
    "collect classes",
    "mkdir -p /out/app",
    `cp -R ${shellWord(posix.join("/src", folder, "target/classes"))} /out/app/classes`,
    "while read -r path; do",
    '  [ -d "/src/$path" ] || continue',
    '  mkdir -p "/out/app/projects/$path"',
    '  cp -R "/src/$path/." "/out/app/projects/$path"',
    "done < /lists/projects",
    "find /out/app -type d -empty -delete",
  )
}

/** Writes the JDK modules that jars and folders of classes need to a file; what is not there is passed over. */
export function findModules(to: string, ...paths: readonly string[]): Step {
  return script(
    "jdeps",
    `mkdir -p ${posix.dirname(to)}`,
    `set --; for path in ${paths.join(" ")}; do if [ -e "$path" ]; then set -- "$@" "$path"; fi; done`,
    `java ${programs}/ModuleFinder.java ${to} "$@"`,
  )
}
