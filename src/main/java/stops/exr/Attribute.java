package stops.exr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One attribute of a header, as it is in the file. Immutable; equal by content.
 *
 * @param name its name, one character for each byte of the file
 * @param type the name of its type, likewise
 * @param value its bytes, little-endian; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Attribute(String name, String type, byte[] value) {

  /** An attribute of type {@code string}, in UTF-8. */
  public static Attribute ofString(String name, String text) {
    return new Attribute(name, "string", text.getBytes(StandardCharsets.UTF_8));
  }

  /** An attribute of type {@code stringvector}, in UTF-8. */
  public static Attribute ofStrings(String name, List<String> texts) {
    List<byte[]> encoded = texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    ByteBuffer value = buffer(encoded.stream().mapToInt(bytes -> 4 + bytes.length).sum());
    encoded.forEach(bytes -> value.putInt(bytes.length).put(bytes));
    return new Attribute(name, "stringvector", value.array());
  }

  /** An attribute of type {@code int}. */
  public static Attribute ofInt(String name, int number) {
    return new Attribute(name, "int", buffer(4).putInt(number).array());
  }

  /** An attribute of type {@code float}. */
  public static Attribute ofFloat(String name, float number) {
    return new Attribute(name, "float", buffer(4).putFloat(number).array());
  }

  /** An attribute of type {@code double}. */
  public static Attribute ofDouble(String name, double number) {
    return new Attribute(name, "double", buffer(8).putDouble(number).array());
  }

  /** An attribute whose value is one byte: the code of what its type lists. */
  static Attribute coded(String name, String type, int code) {
    return new Attribute(name, type, new byte[] {(byte) code});
  }

  /** An attribute of type {@code box2i}. */
  public static Attribute ofBox(String name, Box box) {
    ByteBuffer value = buffer(16).putInt(box.xMin()).putInt(box.yMin());
    return new Attribute(name, "box2i", value.putInt(box.xMax()).putInt(box.yMax()).array());
  }

  /** A view of the value from its first byte, little-endian. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(value).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The value as text, in UTF-8 or, where it is not that, in Latin-1. */
  public String string() {
    return Names.decode(value);
  }

  /** The texts of a {@code stringvector}; those after a damaged one are missing. */
  public List<String> strings() {
    return Names.decodeAll(bytes());
  }

  /** The number of an attribute of type {@code double}, or 0 where its size is not that of one. */
  public double doubleValue() {
    return value.length == Double.BYTES ? bytes().getDouble() : 0;
  }

  /** The number of an attribute of type {@code float}, if it is one. */
  public Optional<Float> floatValue() {
    return type.equals("float") && value.length == Float.BYTES
        ? Optional.of(bytes().getFloat())
        : Optional.empty();
  }

  /** The value for people. */
  public String text() {
    return AttributeText.of(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attribute that
        && name.equals(that.name)
        && type.equals(that.type)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(value);
  }

  /** Its name, its type in brackets, and its value for people. */
  @Override
  public String toString() {
    return name + " (" + type + "): " + text();
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
