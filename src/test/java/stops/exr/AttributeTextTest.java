package stops.exr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.PixelType;

class AttributeTextTest {

  @Test
  void numbersAreWrittenOneAfterTheOther() {
    assertEquals("-7", Attribute.ofInt("a", -7).text());
    assertEquals("1", Attribute.ofFloat("a", 1).text());
    assertEquals("0.1", Attribute.ofDouble("a", 0.1).text());
    assertEquals("-1 -2 3 4", Attribute.ofBox("a", new Box(-1, -2, 3, 4)).text());
    ByteBuffer v2f = Attribute.buffer(8).putFloat(0.5f).putFloat(Float.POSITIVE_INFINITY);
    assertEquals("0.5 Infinity", new Attribute("a", "v2f", v2f.array()).text());
  }

  @Test
  void textIsUtf8OrElseLatin1() {
    assertEquals("Blende ½", Attribute.ofString("a", "Blende ½").text());
    byte[] latin = "Blende ½".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("Blende ½", new Attribute("a", "string", latin).text());
    assertEquals("left, right", Attribute.ofStrings("a", List.of("left", "right")).text());
  }

  @Test
  void ofAVeryLongTextTheBeginningIsWritten() {
    String shown = Attribute.ofString("a", "x" + "é".repeat(3_000_000)).text();
    assertEquals("x" + "é".repeat(524_287) + "… (6000001 bytes in all)", shown);
    byte[] vector = new byte[400_000_000];
    shown = new Attribute("a", "stringvector", vector).text();
    assertTrue(shown.length() < 1 << 21 && shown.endsWith("… (400000000 bytes in all)"));
    shown = new Attribute("a", "no such type", vector).text();
    assertEquals("400000000 bytes", shown);
  }

  @Test
  void storageIsWrittenInWords() throws Exception {
    ExrHeader header =
        ExrHeader.scanlines(
            new Box(0, 0, 7, 7),
            new Box(0, 0, 7, 7),
            List.of(
                ExrChannel.of("Y", PixelType.HALF),
                new ExrChannel("RY", PixelType.FLOAT, false, 2, 2)),
            Compression.ZIPS);
    assertEquals("RY float 2x2, Y half", text(header, "channels"));
    assertEquals("zips", text(header, "compression"));
    assertEquals("increasing y", text(header, "lineOrder"));
    assertEquals("32 by 16, mipmap, rounded up", HostileFile.tiles(32, 16, 0x11).text());
  }

  @Test
  void timecodeIsHoursMinutesSecondsFrames() {
    ByteBuffer value = Attribute.buffer(8).putInt(0x10595823).putInt(0);
    assertEquals("10:59:58:23", new Attribute("t", "timecode", value.array()).text());
  }

  @Test
  void whatIsUnknownOrOfTheWrongSizeIsShownAsBytes() {
    assertEquals("3 bytes 0102ff", new Attribute("a", "odd", new byte[] {1, 2, -1}).text());
    assertEquals("17 bytes", new Attribute("a", "odd", new byte[17]).text());
    assertEquals("3 bytes 000000", new Attribute("a", "float", new byte[3]).text());
    assertEquals("1 bytes 63", new Attribute("a", "compression", new byte[] {0x63}).text());
    assertEquals("2 bytes 0000", new Attribute("a", "tiledesc", new byte[2]).text());
    assertEquals("2 bytes 4100", new Attribute("a", "chlist", new byte[] {0x41, 0}).text());
  }

  private static String text(ExrHeader header, String name) {
    return header.attribute(name).orElseThrow().text();
  }
}
