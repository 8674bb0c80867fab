package stops.sequence;

import java.nio.file.Path;

/**
 * One frame of a sequence.
 *
 * @param number its number, which may be negative
 * @param input the file to read
 * @param output the file to write
 */
public record Frame(int number, Path input, Path output) {}
