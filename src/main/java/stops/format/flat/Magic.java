package stops.format.flat;

import java.nio.ByteBuffer;

/** The first bytes of a file, which tell its format. */
public final class Magic {
  private Magic() {}

  /** Whether {@code head} begins with {@code magic}. */
  public static boolean begins(ByteBuffer head, byte[] magic) {
    return head.remaining() >= magic.length
        && head.slice(head.position(), magic.length).equals(ByteBuffer.wrap(magic));
  }
}
