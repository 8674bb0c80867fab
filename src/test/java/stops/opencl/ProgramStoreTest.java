package stops.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stops.cache.Fingerprint;
import stops.cache.PrivateFolder;
import stops.engine.EngineFailure;
import stops.opencl.api.JoclCl;

/**
 * Programs are compiled once. A stored binary that is damaged or of another origin is compiled
 * again.
 */
final class ProgramStoreTest {
  @TempDir Path folder = Path.of("");
  private FaultyCl faulty = new FaultyCl(new JoclCl());
  private final AtomicInteger compiled = new AtomicInteger();

  @BeforeEach
  void compileOnce() throws Exception {
    TestDevice.openCl();
    faulty = new FaultyCl(new JoclCl());
    faulty.set((ordinal, call, arguments, proceed) -> {
      if (call.equals("clCreateProgramWithSource")) {
        compiled.incrementAndGet();
      }
      return proceed.call();
    });
    assertEquals(2, compiledByOpening());
  }

  @Test
  void theNextRunLoadsTheBinaries() throws Exception {
    assertEquals(0, compiledByOpening());
  }

  @Test
  void aDamagedBinaryIsReplaced() throws Exception {
    for (Path file : binaries()) {
      byte[] content = Files.readAllBytes(file);
      content[content.length / 2] ^= 1;
      Files.write(file, content);
    }
    assertEquals(2, compiledByOpening());
    assertEquals(0, compiledByOpening());
  }

  @Test
  void aTruncatedBinaryIsReplaced() throws Exception {
    for (Path file : binaries()) {
      Files.write(file, new byte[5]);
    }
    assertEquals(2, compiledByOpening());
    assertEquals(0, compiledByOpening());
  }

  @Test
  void aBinaryThatTheDriverRefusesIsReplaced() throws Exception {
    for (Path file : binaries()) {
      Files.write(file, Fingerprint.seal(new byte[1000]));
    }
    assertEquals(2, compiledByOpening());
    assertEquals(0, compiledByOpening());
  }

  @Test
  void aBinaryThatOthersCouldHaveWrittenIsReplaced() throws Exception {
    for (Path file : binaries()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
    assertEquals(2, compiledByOpening());
    assertEquals(0, compiledByOpening());
  }

  @Test
  void withoutAPlaceForBinariesEveryRunCompiles() throws Exception {
    Files.setPosixFilePermissions(
        folder.resolve("cache"), PosixFilePermissions.fromString("rwxrwxrwx"));
    assertEquals(2, compiledByOpening());
    assertEquals(2, compiledByOpening());
  }

  private List<Path> binaries() throws IOException {
    try (var files = Files.list(folder.resolve("cache").resolve("programs"))) {
      return files.toList();
    }
  }

  private int compiledByOpening() throws EngineFailure {
    compiled.set(0);
    OpenCl openCl = OpenCl.probe(faulty.cl());
    EngineOptions options =
        TestDevice.options(1, 0, Arithmetic.FP64, true, new PrivateFolder(folder.resolve("cache")));
    openCl.open(TestDevice.of(openCl), options).close();
    assertEquals(List.of(), faulty.live());
    return compiled.get();
  }
}
