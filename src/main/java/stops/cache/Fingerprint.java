package stops.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** SHA-256, which names cache entries by all that they depend on, and reveals damaged ones. */
public final class Fingerprint {
  private static final int BYTES = 32;

  private Fingerprint() {}

  /** A name for an entry that depends on exactly these texts: 64 hexadecimal digits. */
  public static String of(String... texts) {
    MessageDigest digest = digest();
    for (String text : texts) {
      byte[] bytes = text.getBytes(UTF_8);
      digest.update((bytes.length + ":").getBytes(UTF_8));
      digest.update(bytes);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** {@code content} with its SHA-256 before it. */
  public static byte[] seal(byte[] content) {
    byte[] sealed = Arrays.copyOf(digest().digest(content), BYTES + content.length);
    System.arraycopy(content, 0, sealed, BYTES, content.length);
    return sealed;
  }

  /** The content that was {@link #seal sealed}; empty if a byte has changed since. */
  public static Optional<byte[]> open(byte[] sealed) {
    if (sealed.length < BYTES) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(sealed, BYTES, sealed.length);
    return MessageDigest.isEqual(digest().digest(content), Arrays.copyOf(sealed, BYTES))
        ? Optional.of(content)
        : Optional.empty();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
