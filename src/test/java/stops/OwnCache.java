package stops;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps what tests remember from run to run below {@code target}: the user's own cache is neither
 * read nor written. Registered for all tests.
 */
public final class OwnCache implements BeforeAllCallback {
  /** Where that is. */
  public static final Path FOLDER = Path.of("target", "test-cache").toAbsolutePath();

  @Override
  public void beforeAll(ExtensionContext context) {
    if (System.getProperty("stops.cache") == null) {
      System.setProperty("stops.cache", FOLDER.toString());
    }
  }
}
