package stops.format.flat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import stops.engine.SampleType;
import stops.image.Domain;

/**
 * A comment that Stops leaves in the files of exposures: {@code stops: domain=exposure
 * origin=float16}. The origin is the sample type of the intensities. Channels of different types
 * are listed in file order, as in {@code origin=float16,float16,-}. In a format that cannot say
 * that its last channel is alpha, {@code alpha=last} says so.
 *
 * @param domain of the samples
 * @param origins the type of each channel's intensities, or one type for all; null where unknown
 * @param alpha whether the last channel is alpha
 */
public record DomainComment(Domain domain, List<@Nullable SampleType> origins, boolean alpha) {
  private static final String START = "stops:";
  private static final String UNKNOWN = "-";
  private static final String ALPHA = "alpha=last";

  /** The comment for a file to be written. */
  public static DomainComment of(Domain domain, List<@Nullable SampleType> origins) {
    return new DomainComment(domain, domain == Domain.EXPOSURE ? origins : List.of(), false);
  }

  /** This comment, for a picture whose last channel is alpha. */
  public DomainComment withAlpha() {
    return new DomainComment(domain, origins, true);
  }

  /** Whether Stops wrote a comment. */
  public static boolean isOne(String comment) {
    return comment.startsWith(START);
  }

  /** Reads a comment. A file with any other comment holds intensities. */
  public static DomainComment parse(String comment) {
    Domain domain = Domain.INTENSITY;
    boolean alpha = false;
    List<@Nullable SampleType> origins = new ArrayList<>();
    if (isOne(comment)) {
      for (String word : comment.substring(START.length()).split(" ", -1)) {
        alpha |= word.equals(ALPHA);
        if (word.equals("domain=exposure")) {
          domain = Domain.EXPOSURE;
        } else if (word.startsWith("origin=")) {
          for (String name : word.substring("origin=".length()).split(",", -1)) {
            origins.add(type(name));
          }
        }
      }
    }
    return new DomainComment(domain, origins, alpha);
  }

  /** The first line of {@code text} that Stops wrote, or an empty text. */
  public static String in(String text) {
    return text.lines().filter(line -> line.startsWith(START)).findFirst().orElse("");
  }

  /** Replaces all lines of {@code text} that Stops wrote by {@code comment}, which may be empty. */
  public static String replace(String text, String comment) {
    if (in(text).isEmpty()) {
      String end = text.isEmpty() || comment.isEmpty() ? "" : "\n";
      return text + end + comment;
    }
    return Stream.concat(
            text.lines().filter(line -> !line.startsWith(START)),
            Stream.of(comment).filter(line -> !line.isEmpty()))
        .collect(Collectors.joining("\n"));
  }

  private static @Nullable SampleType type(String name) {
    for (SampleType type : SampleType.values()) {
      if (type.toString().equals(name)) {
        return type;
      }
    }
    return null;
  }

  /** The type of the intensities of channel {@code index}; null if unknown. */
  public @Nullable SampleType origin(int index) {
    int at = origins.size() == 1 ? 0 : index;
    return at < origins.size() ? origins.get(at) : null;
  }

  /**
   * Whether the last of {@code count} channels is alpha. Either the comment says so, or that
   * channel alone has no origin, since alpha is not converted.
   */
  public boolean hasAlpha(int count) {
    boolean left = origins.size() == count && count > 1 && origins.getLast() == null;
    return (alpha || (left && origins.getFirst() != null)) && count % 2 == 0;
  }

  /** The comment as text; empty for intensities without alpha. */
  public String text() {
    if (domain == Domain.INTENSITY) {
      return alpha ? START + " " + ALPHA : "";
    }
    boolean known = origins.stream().anyMatch(type -> type != null);
    String types =
        (origins.stream().distinct().count() == 1 ? origins.subList(0, 1) : origins)
            .stream()
                .map(type -> type == null ? UNKNOWN : type.toString())
                .collect(Collectors.joining(","));
    return START
        + " domain=exposure"
        + (known ? " origin=" + types : "")
        + (alpha ? " " + ALPHA : "");
  }
}
