package stops.opencl.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import org.jocl.CL;
import org.jocl.LibUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The binding's library is known by the name that the binding gives it. */
final class NativeLibraryTest {
  @Test
  void itIsCalledAsTheBindingCallsItHere() {
    assertEquals(
        LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName("JOCL_2_0_6")),
        NativeLibrary.fileName(System.getProperty("os.name"), System.getProperty("os.arch")));
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64",
    "Linux, aarch64",
    "Mac OS X, x86_64",
    "Mac OS X, aarch64",
    "Windows 11, amd64"
  })
  void theBindingHasIt(String os, String architecture) {
    String file = NativeLibrary.fileName(os, architecture);
    assertNotNull(CL.class.getResource("/lib/" + file), file);
  }
}
