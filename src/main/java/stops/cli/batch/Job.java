package stops.cli.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job of a batch.
 *
 * @param line the number of its line, from 1
 * @param id the name that the batch's author gave it, a text or a whole number; null for none
 * @param words the words of its command line behind the command
 */
public record Job(long line, @Nullable Object id, List<String> words) {
  public Job {
    words = List.copyOf(words);
  }
}
