package stops;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Moves the cache below {@code target} for all tests, so that the user's own cache is neither read
 * nor written. Registered for all tests.
 */
public final class OwnCache implements BeforeAllCallback {
  /** The cache folder of the tests. */
  public static final Path FOLDER = Path.of("target", "test-cache").toAbsolutePath();

  @Override
  public void beforeAll(ExtensionContext context) {
    if (System.getProperty("stops.cache") == null) {
      System.setProperty("stops.cache", FOLDER.toString());
    }
  }
}
