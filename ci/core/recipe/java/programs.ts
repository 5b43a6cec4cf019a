/**
 * A Java program, `TrustStore PEM OUT`: writes the certificates of a PEM file as a Java key store. keytool would write
 * the time into it; this gives the same bytes for the same certificates. The format is that of sun.security's
 * JavaKeyStore, with the password that everybody has.
 */
export const trustStore = `import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.util.*;

class TrustStore {
  public static void main(String[] args) throws Exception {
    var certificates = new TreeMap<String, byte[]>();
    try (var in = new BufferedInputStream(Files.newInputStream(Path.of(args[0])))) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in))
        certificates.put(name(certificate.getEncoded()), certificate.getEncoded());
    }
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(0xfeedfeed);
    out.writeInt(2);
    out.writeInt(certificates.size());
    for (var entry : certificates.entrySet()) {
      out.writeInt(2);
      out.writeUTF(entry.getKey());
      out.writeLong(0);
      out.writeUTF("X.509");
      out.writeInt(entry.getValue().length);
      out.write(entry.getValue());
    }
    var digest = MessageDigest.getInstance("SHA-1");
    digest.update("changeit".getBytes("UTF-16BE"));
    digest.update("Mighty Aphrodite".getBytes("UTF-8"));
    out.write(digest.digest(bytes.toByteArray()));
    Files.write(Path.of(args[1]), bytes.toByteArray());
  }

  private static String name(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
`

/**
 * A Java program, `ModuleFinder OUT PATH…`: writes the JDK modules that jars and folders of classes need, as jdeps
 * finds them, one a line. Libraries that are modules are read without their module-info: they run on the class path,
 * where it does not count, and jdeps would ask for all that it requires.
 */
export const moduleFinder = `import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.spi.ToolProvider;
import java.util.zip.*;

class ModuleFinder {
  private static final ToolProvider JDEPS = ToolProvider.findFirst("jdeps").orElseThrow();

  public static void main(String[] args) throws Exception {
    var modules = new TreeSet<String>();
    var folder = Files.createTempDirectory("plain");
    var paths = new ArrayList<String>();
    for (var path : Arrays.asList(args).subList(1, args.length))
      paths.add(plain(Path.of(path), folder.resolve(paths.size() + ".jar")).toString());
    var together = ask(paths);
    if (together.isPresent()) modules.addAll(together.get());
    else
      for (var path : paths)
        modules.addAll(ask(List.of(path)).orElseThrow(() -> new IOException("jdeps cannot read " + path)));
    Files.write(Path.of(args[0]), modules);
  }

  private static Optional<Set<String>> ask(List<String> paths) {
    if (paths.isEmpty()) return Optional.of(Set.of());
    var out = new StringWriter();
    var command = new ArrayList<>(List.of("--print-module-deps", "--ignore-missing-deps", "--multi-release", "21"));
    command.addAll(paths);
    var failed = 0;
    try {
      failed = JDEPS.run(new PrintWriter(out), new PrintWriter(new StringWriter()), command.toArray(String[]::new));
    } catch (java.lang.module.FindException missing) {
      return Optional.empty();
    }
    var lines = out.toString().strip().lines().filter(line -> !line.startsWith("Warning")).toList();
    if (failed != 0 || lines.size() > 1) return Optional.empty();
    return Optional.of(lines.isEmpty() ? Set.of() : Set.of(lines.get(0).split(",")));
  }

  private static Path plain(Path path, Path copy) throws IOException {
    if (!Files.isRegularFile(path)) return path;
    try (var in = new ZipFile(path.toFile())) {
      if (in.stream().noneMatch(ModuleFinder::isModuleInfo)) return path;
      try (var out = new ZipOutputStream(Files.newOutputStream(copy))) {
        for (var entry : Collections.list(in.entries())) {
          if (isModuleInfo(entry) || entry.isDirectory()) continue;
          out.putNextEntry(new ZipEntry(entry.getName()));
          in.getInputStream(entry).transferTo(out);
        }
      }
    }
    return copy;
  }

  private static boolean isModuleInfo(ZipEntry entry) {
    return entry.getName().endsWith("module-info.class");
  }
}
`
