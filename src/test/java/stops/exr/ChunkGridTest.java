package stops.exr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import stops.exr.codec.BlockLayout;
import stops.exr.codec.Compression;
import stops.exr.codec.ExrChannel;
import stops.exr.codec.ExrException;
import stops.exr.codec.PixelType;

/**
 * The division of parts into chunks. Expected numbers of tiles come from OpenEXR's exrmaketiled.
 */
class ChunkGridTest {
  private static final Box WINDOW = new Box(-10, 5, 89, 54); // 100 by 50

  @Test
  void scanlineBlocksBeginAtTheTopOfTheWindow() throws Exception {
    ChunkGrid grid = ChunkGrid.of(header(Compression.ZIP));
    assertEquals(4, grid.count());
    assertEquals(5, grid.layout(0).yMin());
    assertEquals(20, grid.layout(0).yMax());
    assertEquals(53, grid.layout(3).yMin());
    assertEquals(54, grid.layout(3).yMax());
  }

  @ParameterizedTest
  @CsvSource({
    // Level mode: 0 one, 1 mipmap, 2 ripmap. Adding 16 rounds up.
    "0, 8", // 4 * 2
    "1, 15", // 4*2 + 2*1 + 1*1 + 1 + 1 + 1 + 1: 100 50 25 12 6 3 1
    "17, 16", // one level more: 100 50 25 13 7 4 2 1
    "2, 77", // (4+2+1+1+1+1+1) * (2+1+1+1+1+1)
    "18, 96" // (4+2+1+1+1+1+1+1) * (2+1+1+1+1+1+1)
  })
  void levelsHaveAsManyTilesAsOpenExrGivesThem(int mode, int tiles) throws Exception {
    assertEquals(tiles, ChunkGrid.of(tiled(mode)).count());
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "16", "17", "18"})
  void tilesOfEachLevelCoverItOnceAndAreFoundByTheirCoordinates(int mode) throws Exception {
    ExrHeader header = tiled(mode);
    ChunkGrid grid = ChunkGrid.of(header);
    Tiling tiling = header.tiling().orElseThrow();
    Set<String> seen = new HashSet<>();
    long pixels = 0;
    long expected = 0;
    for (int chunk = 0; chunk < grid.count(); chunk++) {
      int[] at = grid.coordinates(chunk);
      assertEquals(chunk, grid.chunkAt(at));
      BlockLayout layout = grid.layout(chunk);
      assertEquals(WINDOW.xMin() + 32L * at[0], layout.xMin());
      assertEquals(WINDOW.yMin() + 32L * at[1], layout.yMin());
      pixels += layout.width() * layout.height();
      if (seen.add(at[2] + " " + at[3])) {
        expected += tiling.levelSize(100, at[2]) * tiling.levelSize(50, at[3]);
      }
    }
    assertEquals(expected, pixels);
  }

  @Test
  void whatIsNotInTheGridIsNotFound() throws Exception {
    ChunkGrid mipmap = ChunkGrid.of(tiled(1));
    for (int[] at :
        new int[][] {
          {4, 0, 0, 0},
          {0, 2, 0, 0},
          {-1, 0, 0, 0},
          {0, -1, 0, 0},
          {0, 0, 1, 0},
          {0, 0, 7, 7},
          {0, 0, -1, -1},
          {Integer.MAX_VALUE, 0, 0, 0},
          {0, Integer.MIN_VALUE, 0, 0}
        }) {
      assertEquals(-1, mipmap.chunkAt(at));
    }
    ChunkGrid lines = ChunkGrid.of(header(Compression.ZIP));
    for (int y : new int[] {4, 6, -11, 69, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      assertEquals(-1, lines.chunkAt(new int[] {y}));
    }
    assertArrayEquals(new int[] {53}, lines.coordinates(3));
  }

  private static ExrHeader header(Compression compression) throws ExrException {
    return ExrHeader.scanlines(
        WINDOW, WINDOW, List.of(ExrChannel.of("Y", PixelType.HALF)), compression);
  }

  private static ExrHeader tiled(int mode) throws ExrException {
    List<Attribute> attributes = new ArrayList<>(header(Compression.ZIP).attributes());
    attributes.add(HostileFile.tiles(32, 32, mode));
    return ExrHeader.of(attributes, true);
  }
}
