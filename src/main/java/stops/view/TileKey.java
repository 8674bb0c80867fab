package stops.view;

/**
 * A tile.
 *
 * @param picture a number that no other open file has
 * @param layer index of the layer
 * @param level the picture is at 1/2^level of its size
 * @param x number of the tile in its row
 * @param y number of the row of tiles
 */
record TileKey(long picture, int layer, int level, long x, long y) {}
