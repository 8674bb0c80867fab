package stops.exr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * One attribute of a header, with the bytes of the file. Immutable. Attributes are equal if their
 * contents are.
 *
 * @param name the attribute's name, one character for each byte in the file
 * @param type the name of the attribute's type, one character for each byte in the file
 * @param value the value's bytes, little-endian; must not be changed
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

  /** An attribute of an enumerated type; its value is one byte, the code. */
  static Attribute coded(String name, String type, int code) {
    return new Attribute(name, type, new byte[] {(byte) code});
  }

  /** An attribute of type {@code box2i}. */
  public static Attribute ofBox(String name, Box box) {
    ByteBuffer value = buffer(16).putInt(box.xMin()).putInt(box.yMin());
    return new Attribute(name, "box2i", value.putInt(box.xMax()).putInt(box.yMax()).array());
  }

  /** A read-only view of the value, little-endian, positioned at the first byte. */
  ByteBuffer bytes() {
    return ByteBuffer.wrap(value).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The value decoded as UTF-8, or as Latin-1 if it is not valid UTF-8. */
  public String string() {
    return Names.decode(value);
  }

  /** The strings of a {@code stringvector}, up to the first damaged one, and at most 131,072. */
  public List<String> strings() {
    return Names.decodeAll(bytes());
  }

  /** The number of an attribute of type {@code double}, or 0 if the value is not 8 bytes long. */
  public double doubleValue() {
    return value.length == Double.BYTES ? bytes().getDouble() : 0;
  }

  /** The number of an attribute of type {@code float}; empty for other types. */
  public Optional<Float> floatValue() {
    return type.equals("float") && value.length == Float.BYTES
        ? Optional.of(bytes().getFloat())
        : Optional.empty();
  }

  /** The value in readable form. Of a longer text, the first 1,048,576 characters. */
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

  /** The name, the type in brackets, and the value in readable form. */
  @Override
  public String toString() {
    return name + " (" + type + "): " + text();
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
