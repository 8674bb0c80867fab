package stops.view;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import stops.engine.EngineFailure;
import stops.image.Domain;
import stops.image.ImageException;

/**
 * The pictures of a page, in their order. At most two are open, those that were used last.
 * Thread-safe.
 */
final class Pictures implements AutoCloseable {
  private static final int MOST_OPEN = 2;

  private final List<ViewInput> inputs;
  private final @Nullable Domain from;
  private final Work work;

  /** Those that are open, the last used one at the end. */
  private final List<Opened> opened = new ArrayList<>();

  private long nextId;

  Pictures(List<ViewInput> inputs, @Nullable Domain from, Work work) {
    this.inputs = inputs;
    this.from = from;
    this.work = work;
  }

  /** An open picture, and how many requests use it. */
  private static final class Opened {
    final int index;
    final Picture picture;
    int users;
    boolean given;

    Opened(int index, Picture picture) {
      this.index = index;
      this.picture = picture;
    }
  }

  /** What is done with an open picture. */
  interface Use<T> {
    T of(Picture picture) throws ViewProblem, ImageException, EngineFailure, InterruptedException;
  }

  List<ViewInput> inputs() {
    return inputs;
  }

  /**
   * Does something with a picture, which stays open meanwhile.
   *
   * @param again whether a file that has changed is opened anew; else the use fails
   */
  <T> T use(int index, boolean again, Use<T> use)
      throws ViewProblem, ImageException, EngineFailure, InterruptedException {
    Opened each = take(index, again);
    try {
      return use.of(each.picture);
    } finally {
      giveBack(each);
    }
  }

  private synchronized Opened take(int index, boolean again) throws ViewProblem, ImageException {
    if (index < 0 || index >= inputs.size()) {
      throw new ViewProblem(ViewProblem.BAD_REQUEST, "there is no picture " + index);
    }
    Opened found = opened.stream().filter(each -> each.index == index).findFirst().orElse(null);
    if (found != null) {
      try {
        found.picture.checkUnchanged();
      } catch (ViewProblem e) {
        if (!again) {
          throw e;
        }
        giveUp(found);
        found = null;
      }
    }
    if (found == null) {
      while (opened.size() >= MOST_OPEN) {
        giveUp(opened.getFirst());
      }
      ViewInput input = inputs.get(index);
      OptionalInt frame = input.frame();
      String name = frame.isPresent() ? "frame " + frame.getAsInt() : input.name();
      found = new Opened(index, Picture.open(nextId++, name, input.path(), from, work));
    } else {
      opened.remove(found);
    }
    opened.add(found);
    found.users++;
    return found;
  }

  /** Closes a picture, now or when nobody uses it any more. */
  private void giveUp(Opened each) {
    opened.remove(each);
    each.given = true;
    if (each.users == 0) {
      each.picture.close();
    }
  }

  private synchronized void giveBack(Opened each) {
    each.users--;
    if (each.given && each.users == 0) {
      each.picture.close();
    }
  }

  @Override
  public synchronized void close() {
    List.copyOf(opened).forEach(this::giveUp);
  }
}
