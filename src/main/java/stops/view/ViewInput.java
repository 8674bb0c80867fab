package stops.view;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A file to show.
 *
 * @param path the file
 * @param name its name for people
 * @param frame number of the frame; absent if it is not one of a sequence
 */
public record ViewInput(Path path, String name, OptionalInt frame) {}
