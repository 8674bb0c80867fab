package stops.engine;

/** A part of a job: {@code samples} samples from sample {@code first} on. */
record Piece(long first, long samples) {}
