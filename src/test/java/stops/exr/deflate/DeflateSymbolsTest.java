package stops.exr.deflate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeflateSymbolsTest {

  @ParameterizedTest
  @CsvSource({
    "3,257,0",
    "10,264,0",
    "11,265,1",
    "34,272,2",
    "35,273,3",
    "227,284,5",
    "257,284,5",
    "258,285,0"
  })
  void lengthsHaveTheSymbolsOfRfc1951(int length, int symbol, int extraBits) {
    assertEquals(symbol, DeflateSymbols.FIRST_LENGTH + DeflateSymbols.ofLength(length));
    assertEquals(extraBits, DeflateSymbols.lengthExtraBits(DeflateSymbols.ofLength(length)));
  }

  @ParameterizedTest
  @CsvSource({
    "1,0,0",
    "4,3,0",
    "5,4,1",
    "7,5,1",
    "12,6,2",
    "13,7,2",
    "8193,26,12",
    "24576,28,13",
    "24577,29,13",
    "32768,29,13"
  })
  void distancesHaveTheSymbolsOfRfc1951(int distance, int symbol, int extraBits) {
    assertEquals(symbol, DeflateSymbols.ofDistance(distance));
    assertEquals(extraBits, DeflateSymbols.distanceExtraBits(symbol));
  }

  @Test
  void whatStandsBehindASymbolFitsIntoItsBits() {
    for (int length = 3; length <= 258; length++) {
      int symbol = DeflateSymbols.ofLength(length);
      int extra = length - DeflateSymbols.lengthBase(symbol);
      assertTrue(extra >= 0 && extra < 1 << DeflateSymbols.lengthExtraBits(symbol));
    }
    for (int distance = 1; distance <= 32768; distance++) {
      int symbol = DeflateSymbols.ofDistance(distance);
      int extra = distance - DeflateSymbols.distanceBase(symbol);
      assertTrue(extra >= 0 && extra < 1 << DeflateSymbols.distanceExtraBits(symbol));
    }
  }
}
