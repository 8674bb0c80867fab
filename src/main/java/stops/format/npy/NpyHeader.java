package stops.format.npy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import stops.engine.SampleType;
import stops.format.flat.InputFile;
import stops.image.ImageException;

/**
 * The header of an NPY file: {@code \x93NUMPY}, the version, the header's length, and the literal
 * of a Python dictionary with {@code descr}, {@code fortran_order} and {@code shape}, padded so
 * that the samples begin at a multiple of 64 bytes.
 *
 * <p>Source: numpy/lib/format.py, "Format Version 1.0" to "3.0".
 *
 * @param type of the samples
 * @param order byte order of the samples
 * @param shape length of the array in each dimension
 * @param fortran whether its first dimension is the fastest, not its last
 * @param comment the text behind a {@code #} after the dictionary, or an empty text
 * @param bytes size of the header, which is the offset of the samples
 */
record NpyHeader(
    SampleType type,
    ByteOrder order,
    List<Long> shape,
    boolean fortran,
    String comment,
    long bytes) {
  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int ALIGNMENT_BYTES = 64;
  private static final int MAX_TEXT_BYTES = 1 << 20;
  private static final Pattern DESCR = Pattern.compile("([<>=|]?)f([248])");

  /** Reads the header of {@code file}. */
  static NpyHeader read(InputFile file) throws ImageException {
    byte[] start = file.copyHead(12);
    if (start.length < 12) {
      throw file.damaged("ends within its NPY header, at offset " + start.length);
    }
    int version = start[6];
    int lengthBytes = version == 1 ? 2 : 4;
    if (version < 1 || version > 3 || start[7] != 0) {
      throw file.damaged(
          String.format(
              Locale.ROOT, "has NPY version %d.%d; Stops reads 1 to 3", version, start[7]));
    }
    long textBytes = 0;
    for (int i = lengthBytes - 1; i >= 0; i--) {
      textBytes = textBytes << 8 | (start[8 + i] & 0xff);
    }
    int textOffset = 8 + lengthBytes;
    if (textBytes > file.size() - textOffset || textBytes > MAX_TEXT_BYTES) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "claims at offset 8 an NPY header of %d bytes, but has %d",
              textBytes,
              file.size() - textOffset));
    }
    Charset charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    byte[] head = file.copyHead((int) (textOffset + textBytes));
    String text = new String(head, textOffset, head.length - textOffset, charset);
    return parse(file, text, head.length);
  }

  private static NpyHeader parse(InputFile file, String text, long bytes) throws ImageException {
    NpyDictionary dictionary = NpyDictionary.parse(file, text);
    Matcher descr = DESCR.matcher(dictionary.descr());
    if (!descr.matches()) {
      throw file.damaged(
          String.format(
              Locale.ROOT,
              "holds samples of NumPy's type %s; Stops reads f2, f4 and f8",
              dictionary.descr()));
    }
    SampleType type =
        switch (descr.group(2)) {
          case "2" -> SampleType.FLOAT16;
          case "4" -> SampleType.FLOAT32;
          default -> SampleType.FLOAT64;
        };
    ByteOrder order = descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    return new NpyHeader(
        type, order, dictionary.shape(), dictionary.fortranOrder(), dictionary.comment(), bytes);
  }

  /** A header as bytes: of version 1.0, or 2.0 where it is too long for that. */
  static byte[] write(SampleType type, List<Long> shape, String comment) {
    String text =
        "{'descr': '<f"
            + type.bytes()
            + "', 'fortran_order': False, 'shape': "
            + tuple(shape)
            + ", }";
    byte[] content =
        (comment.isEmpty() ? text : text + " # " + comment).getBytes(StandardCharsets.US_ASCII);
    int version = content.length + 2 * ALIGNMENT_BYTES < 1 << 16 ? 1 : 2;
    int lengthBytes = version == 1 ? 2 : 4;
    int used = 8 + lengthBytes + content.length + 1;
    int padding = -used & (ALIGNMENT_BYTES - 1);
    int textBytes = content.length + padding + 1;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(MAGIC);
    out.write(version);
    out.write(0);
    for (int i = 0; i < lengthBytes; i++) {
      out.write(textBytes >>> 8 * i);
    }
    out.writeBytes(content);
    out.writeBytes(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
    out.write('\n');
    return out.toByteArray();
  }

  /** A shape as Python writes it. */
  static String tuple(List<Long> shape) {
    String numbers = shape.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return shape.size() == 1 ? "(" + numbers + ",)" : "(" + numbers + ")";
  }
}
