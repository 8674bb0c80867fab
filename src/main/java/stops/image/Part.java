package stops.image;

import java.util.List;
import java.util.Map;

/**
 * One picture of a file. Most formats have exactly one.
 *
 * @param name of the part, or an empty text
 * @param dataWindow the pixels that it has; in a format without geometry (raw, NPY of other than 2
 *     or 3 dimensions) one row of as many pixels as fit
 * @param displayWindow the pixels that a viewer shows
 * @param channels in the order in which the file has them
 * @param structure storage on one line, for people: compression, tiles, levels, byte order
 * @param attributes every attribute in file order, as text for people; keys are the format's own
 */
public record Part(
    String name,
    Window dataWindow,
    Window displayWindow,
    List<Channel> channels,
    String structure,
    Map<String, String> attributes) {}
