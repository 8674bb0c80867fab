package stops.engine;

import java.util.Locale;

/** The IEEE 754 binary formats a sample can have. */
public enum SampleType {
  /** 16 bits, OpenCL's and OpenEXR's half. */
  FLOAT16(2, "f16"),
  /** 32 bits, Java's {@code float}. */
  FLOAT32(4, "f32"),
  /** 64 bits, Java's {@code double}. */
  FLOAT64(8, "f64");

  private final int bytes;
  private final String shortName;

  SampleType(int bytes, String shortName) {
    this.bytes = bytes;
    this.shortName = shortName;
  }

  /** Size of one sample in bytes. */
  public int bytes() {
    return bytes;
  }

  /** {@code f16}, {@code f32} or {@code f64}, as on the command line. */
  public String shortName() {
    return shortName;
  }

  /** {@code float16}, {@code float32} or {@code float64}, as in reports and file metadata. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
