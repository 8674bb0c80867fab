// log2(x 2^gain) as a sum of two doubles, by the operations of stops.math.Log2Wide in the same
// order, so that the bits are the same. Table by src/main/sollya/log2wide.sollya. The arithmetic is
// that of double_native.cl or double_integer.cl.

#if TO_EXPOSURE && WIDE

#define ONE_BITS 0x3ff0000000000000L

// The bits of the least z. 1 lies at 2/3 of the 76th part of the octave.
#define ORIGIN_BITS (ONE_BITS - 75 * (1L << 45) - 2731 * (1L << 33))

#define ONE DOUBLE(0x3ff0000000000000UL)
#define MINUS_HALF DOUBLE(0xbfe0000000000000UL)

// 1 / ln 2, rounded to double, and the remainder.
#define PER_LN2_HIGH DOUBLE(0x3ff71547652b82feUL)
#define PER_LN2_LOW DOUBLE(0x3c7777d0ffda0d24UL)

// The coefficients of P.
#define P0 DOUBLE(0x3fd5555555555556UL)
#define P1 DOUBLE(0xbfd0000000000001UL)
#define P2 DOUBLE(0x3fc99999998e2254UL)
#define P3 DOUBLE(0xbfc555555547a1e3UL)
#define P4 DOUBLE(0x3fc2493c9add1480UL)
#define P5 DOUBLE(0xbfc000186b5d06c5UL)

// For each of the 128 parts of the octave, as bits: c, near the reciprocal of the part's middle;
// -log2(c), rounded to a multiple of 2^-41; and the remainder of that.
__constant ulong TABLE[384] = {
    0x3ff6a6945e926a22UL, 0xbfe00c27cd375000UL, 0x3d3aebf1b97050fcUL,
    0x3ff686b0a5634651UL, 0xbfdf95f5754e0000UL, 0x3d4f0c2ba72b63f0UL,
    0x3ff66726399db3bdUL, 0xbfdf145254d96000UL, 0x3d3d9b134e0a0870UL,
    0x3ff647f3a62d98aaUL, 0xbfde936439f10000UL, 0xbd47f89b74efceb1UL,
    0x3ff629177e11c28bUL, 0xbfde13292dc6e000UL, 0x3d4b64d236592cc5UL,
    0x3ff60a905c24495cUL, 0xbfdd939f41b00000UL, 0xbd4426b84de242b9UL,
    0x3ff5ec5ce2e4bc42UL, 0xbfdd14c48ef8e000UL, 0xbd4c8fe0123f4f0aUL,
    0x3ff5ce7bbc440641UL, 0xbfdc969736b90000UL, 0xbd4a8829cffc1123UL,
    0x3ff5b0eb9971fad8UL, 0xbfdc191561a8e000UL, 0xbd3f225cf4acc455UL,
    0x3ff593ab32ac7acbUL, 0xbfdb9c3d3ff8a000UL, 0xbd4ccd15ec879f2fUL,
    0x3ff576b94710222fUL, 0xbfdb200d09282000UL, 0x3d47147819d86be1UL,
    0x3ff55a149c6a7155UL, 0xbfdaa482fbdf2000UL, 0xbd4f7a8b35a8cda7UL,
    0x3ff53dbbff0d62e1UL, 0xbfda299d5dc86000UL, 0x3d2ac547d2390079UL,
    0x3ff521ae41a461c7UL, 0xbfd9af5a7b6b2000UL, 0x3d1738b4ce250d4cUL,
    0x3ff505ea3d0a92a5UL, 0xbfd935b8a8080000UL, 0x3d4677ad045c6a11UL,
    0x3ff4ea6ed022643aUL, 0xbfd8bcb63d752000UL, 0x3d2c7106daec7aa1UL,
    0x3ff4cf3adfae5b77UL, 0xbfd844519bfc4000UL, 0x3d3e9aa9f92b40f7UL,
    0x3ff4b44d562b0fe9UL, 0xbfd7cc892a38e000UL, 0x3d4149d0ab618643UL,
    0x3ff499a523aa4dc7UL, 0xbfd7555b54f7e000UL, 0x3d4a374f8e012df0UL,
    0x3ff47f413daf536cUL, 0xbfd6dec68f178000UL, 0x3d0c2067ab17f6e9UL,
    0x3ff465209f0c2044UL, 0xbfd668c95168a000UL, 0xbd38b9006da0e419UL,
    0x3ff44b4247bfcbc7UL, 0xbfd5f3621a904000UL, 0xbd41a24b0299268dUL,
    0x3ff431a53cd5db51UL, 0xbfd57e8f6eea2000UL, 0x3d1ca561f3c44e21UL,
    0x3ff4184888468e23UL, 0xbfd50a4fd86bc000UL, 0xbd4b226023eec8f7UL,
    0x3ff3ff2b38d81725UL, 0xbfd496a1e688e000UL, 0x3d2f75a192ef4e2aUL,
    0x3ff3e64c6200bc45UL, 0xbfd423842e174000UL, 0xbd433e29619459d9UL,
    0x3ff3cdab1bc9d3bfUL, 0xbfd3b0f54934e000UL, 0x3d40a16d030a26d4UL,
    0x3ff3b54682b397c8UL, 0xbfd33ef3d72d0000UL, 0x3d460d2c1c6ebac6UL,
    0x3ff39d1db799c970UL, 0xbfd2cd7e7c5f4000UL, 0xbd42cd24257936a5UL,
    0x3ff3852fdf991bd9UL, 0xbfd25c93e226e000UL, 0x3d21dc19f272fa4fUL,
    0x3ff36d7c23f56109UL, 0xbfd1ec32b6c1e000UL, 0x3d363dc6a9fad203UL,
    0x3ff35601b200720dUL, 0xbfd17c59ad39e000UL, 0x3d3b2d2a00a83576UL,
    0x3ff33ebfbb01cc27UL, 0xbfd10d077d4cc000UL, 0xbd369412e06af341UL,
    0x3ff327b5741edd2fUL, 0xbfd09e3ae3564000UL, 0xbd40c0c1954be6efUL,
    0x3ff310e21643f967UL, 0xbfd02ff2a039c000UL, 0x3d3b856e5084b7f1UL,
    0x3ff2fa44de0df547UL, 0xbfcf845af2994000UL, 0x3d4845a85638a64cUL,
    0x3ff2e3dd0bb45df4UL, 0xbfcea9d47082c000UL, 0xbd4afb60d083f8bcUL,
    0x3ff2cda9e2f44b49UL, 0xbfcdd04f5626c000UL, 0xbd314fde162c9110UL,
    0x3ff2b7aaaafbc68eUL, 0xbfccf7c947e40000UL, 0xbd42abaa5e5acd1fUL,
    0x3ff2a1deae55c113UL, 0xbfcc203ff25b8000UL, 0x3d1a418d9804fc5eUL,
    0x3ff28c453ad69631UL, 0xbfcb49b10a490000UL, 0xbd3a65ef4f18fa1cUL,
    0x3ff276dda189143bUL, 0xbfca741a4c5e8000UL, 0xbd37923f31e08dc2UL,
    0x3ff261a7369c0833UL, 0xbfc99f797d1ec000UL, 0xbd484af8fba9b4c3UL,
    0x3ff24ca151504816UL, 0xbfc8cbcc68ba0000UL, 0xbd4330a830996f84UL,
    0x3ff237cb4be737e3UL, 0xbfc7f910e2ea8000UL, 0xbd42f5a244b7f125UL,
    0x3ff223248391c584UL, 0xbfc72744c6d2c000UL, 0x3d4f959b1ce3c5baUL,
    0x3ff20eac585fd7f2UL, 0xbfc65665f6db0000UL, 0x3d3640323271fc1fUL,
    0x3ff1fa622d302e01UL, 0xbfc586725c920000UL, 0x3d3693231563a32fUL,
    0x3ff1e64567a0a97aUL, 0xbfc4b767e88bc000UL, 0x3d4dfc58903ec2bdUL,
    0x3ff1d2556fff0328UL, 0xbfc3e94492424000UL, 0xbd0eac07bced75a1UL,
    0x3ff1be91b139e4acUL, 0xbfc31c0657f7c000UL, 0x3d3fcbef0effe0f0UL,
    0x3ff1aaf998d2650fUL, 0xbfc24fab3e974000UL, 0xbd4c4e942d3516e2UL,
    0x3ff1978c96cde509UL, 0xbfc1843151990000UL, 0x3d4336eeb7da9a38UL,
    0x3ff1844a1da84834UL, 0xbfc0b996a2e38000UL, 0xbd12585280433dceUL,
    0x3ff17131a2468852UL, 0xbfbfdfb295630000UL, 0xbd48a9d4176ee3b3UL,
    0x3ff15e429be9a005UL, 0xbfbe4deeceeb0000UL, 0xbcec1036d3a6854bUL,
    0x3ff14b7c8421ca68UL, 0xbfbcbdde3b7d0000UL, 0x3d4221576ceea266UL,
    0x3ff138ded6c214f6UL, 0xbfbb2f7d303c0000UL, 0xbd48b3c00ed1858eUL,
    0x3ff1266911d4416dUL, 0xbfb9a2c80e1e0000UL, 0x3d45ecbb10e043b2UL,
    0x3ff1141ab58cf545UL, 0xbfb817bb41b58000UL, 0x3d37926c2c7a520cUL,
    0x3ff101f344403489UL, 0xbfb68e5343040000UL, 0x3d3dc8e2f1b4fef1UL,
    0x3ff0eff2425625cfUL, 0xbfb5068c95470000UL, 0xbd1faeda3b5ba655UL,
    0x3ff0de1736401d4eUL, 0xbfb38063c6ca0000UL, 0x3d22cc9d627ce55aUL,
    0x3ff0cc61a86decf0UL, 0xbfb1fbd570b68000UL, 0xbd3f2bf9e6db2bc8UL,
    0x3ff0bad123437772UL, 0xbfb078de36e80000UL, 0xbd4bb7632e21448fUL,
    0x3ff0a965330e84aaUL, 0xbfadeef58f7d0000UL, 0xbd38fe3006d3564dUL,
    0x3ff0981d65fcd517UL, 0xbfaaef4fb7e50000UL, 0xbd202279f35dc3daUL,
    0x3ff086f94c1272ebUL, 0xbfa7f2c46cd60000UL, 0x3d4206b2178a3724UL,
    0x3ff075f877203ee9UL, 0xbfa4f94d48250000UL, 0xbd16024ae1762c51UL,
    0x3ff0651a7abab74eUL, 0xbfa202e3f75f0000UL, 0x3d340fed4d2e4941UL,
    0x3ff0545eec30f73eUL, 0xbf9e1f0476e80000UL, 0xbd3cbfff2355c42bUL,
    0x3ff043c56283ed14UL, 0xbf983e43d0da0000UL, 0x3d4bbcf17bae7642UL,
    0x3ff0334d765dc615UL, 0xbf926379ca300000UL, 0xbd204c96260861c4UL,
    0x3ff022f6c2098e14UL, 0xbf891d34ab100000UL, 0x3d39ad6527066e33UL,
    0x3ff012c0e16b0189UL, 0xbf7afe6627780000UL, 0xbd439ad9f4ec02deUL,
    0x3ff0000000000000UL, 0x0000000000000000UL, 0x0000000000000000UL,
    0x3fefcb044bf6e7a8UL, 0x3f832bf5e8580000UL, 0x3d27b185d6edcdc2UL,
    0x3fef8c541c1c6e42UL, 0x3f95022d0a640000UL, 0xbd41189368ccefcaUL,
    0x3fef4e993ee20c59UL, 0x3fa02bf7b0750000UL, 0xbd4de9b4ae60bad3UL,
    0x3fef11ce1f247ed5UL, 0x3fa5cbccb7fa0000UL, 0xbd1e078a2b778d42UL,
    0x3feed5ed52c99be5UL, 0x3fab60c05a0b0000UL, 0x3d3b31db6eb60819UL,
    0x3fee9af19924b9e9UL, 0x3fb0757e2f5e8000UL, 0xbd39f323bf5bd518UL,
    0x3fee60d5d96d6737UL, 0x3fb33554cfa18000UL, 0x3d370029b281fa06UL,
    0x3fee279521478126UL, 0x3fb5eff806810000UL, 0x3d4741cbf4b01f24UL,
    0x3fedef2aa35bc6c2UL, 0x3fb8a57b5c2d8000UL, 0x3d22c0f118df5b78UL,
    0x3fedb791b60010f3UL, 0x3fbb55f1eb9c8000UL, 0xbd4c39e2cab632bbUL,
    0x3fed80c5d1ee661bUL, 0x3fbe016e65b10000UL, 0xbd3f98f33bc045c4UL,
    0x3fed4ac2910a2ac2UL, 0x3fc054018a240000UL, 0x3d496403864457c7UL,
    0x3fed1583ad32bbbaUL, 0x3fc1a4e0ee944000UL, 0xbd48c345a2926321UL,
    0x3fece104ff22c851UL, 0x3fc2f35e226ac000UL, 0x3d4240d8095a67a6UL,
    0x3fecad427d5bcc86UL, 0x3fc43f81b8a74000UL, 0x3d4f20118f380d97UL,
    0x3fec7a383b1d1449UL, 0x3fc589541657c000UL, 0x3d26485b2ec3e7d1UL,
    0x3fec47e26765b8fbUL, 0x3fc6d0dd73dec000UL, 0xbd4b2c5e87fb27ddUL,
    0x3fec163d4c011249UL, 0x3fc81625de2e0000UL, 0x3d06a6f961af0e1cUL,
    0x3febe5454c9d1ae7UL, 0x3fc9593537f74000UL, 0x3d07e1994657f18aUL,
    0x3febb4f6e5ea5073UL, 0x3fca9a133ad0c000UL, 0x3d486576a3a30df4UL,
    0x3feb854eacc49c69UL, 0x3fcbd8c778520000UL, 0x3d379a06a02e2e11UL,
    0x3feb56494d64da09UL, 0x3fcd15595b254000UL, 0xbd2d4b8c7f34b1bdUL,
    0x3feb27e38a9a92e7UL, 0x3fce4fd028110000UL, 0xbd2cb86deebfd24eUL,
    0x3feafa1a3d0d912eUL, 0x3fcf8832fef88000UL, 0x3d26e1c69eff8a99UL,
    0x3feaccea5286ebb5UL, 0x3fd05f446de9e000UL, 0xbd3d9d0a722037d1UL,
    0x3feaa050cd4134e1UL, 0x3fd0f96c4bcf6000UL, 0x3d2e839b7200ea3eUL,
    0x3fea744ac33f79a3UL, 0x3fd1929474a16000UL, 0xbd42f4e041a8122dUL,
    0x3fea48d55daac251UL, 0x3fd22ac0333ac000UL, 0x3d02682ab5b8c9a9UL,
    0x3fea1dedd835caf5UL, 0x3fd2c1f2c24a0000UL, 0x3d4425dace2518a8UL,
    0x3fe9f3918086ac7dUL, 0x3fd3582f4cba4000UL, 0xbd3b3ea8105e5a4eUL,
    0x3fe9c9bdb5a633c4UL, 0x3fd3ed78ee18e000UL, 0x3d33d7e108137ee9UL,
    0x3fe9a06fe774a6d3UL, 0x3fd481d2b2f90000UL, 0xbd46135af0a3049fUL,
    0x3fe977a59623bbc3UL, 0x3fd5153f99524000UL, 0x3d498ac30509c8fdUL,
    0x3fe94f5c51b587d5UL, 0x3fd5a7c290de8000UL, 0x3cee162c8c78ee47UL,
    0x3fe92791b9803000UL, 0x3fd6395e7b72a000UL, 0x3d49989425d77674UL,
    0x3fe900437bb626edUL, 0x3fd6ca162d56a000UL, 0xbd4a6ab5a58b33a9UL,
    0x3fe8d96f54f2c6f4UL, 0x3fd759ec6d990000UL, 0x3d404f4b2e27bd81UL,
    0x3fe8b3130fcb18f3UL, 0x3fd7e8e3f661e000UL, 0xbd250cce0f48cac2UL,
    0x3fe88d2c84629b1fUL, 0x3fd876ff75414000UL, 0x3d4897529fdad358UL,
    0x3fe867b99803dd2cUL, 0x3fd904418b7d0000UL, 0x3d3d0223c7994ac9UL,
    0x3fe842b83cbcc90fUL, 0x3fd990acce5b0000UL, 0xbd1d4f60127682ddUL,
    0x3fe81e2670fe7196UL, 0x3fda1c43c769e000UL, 0x3d4d29ca4923f1bdUL,
    0x3fe7fa023f4041eaUL, 0x3fdaa708f4c7e000UL, 0xbd4b7b23ee2ddf68UL,
    0x3fe7d649bda66ab2UL, 0x3fdb30fec9664000UL, 0xbcf0cc0e88caa5b0UL,
    0x3fe7b2fb0dab6b51UL, 0x3fdbba27ad4cc000UL, 0x3d4d98455166259cUL,
    0x3fe790145bcc9711UL, 0x3fdc4285fdd9a000UL, 0xbd4a1fc04005769cUL,
    0x3fe76d93df3977cdUL, 0x3fdcca1c0dffc000UL, 0xbd2f3406177b9345UL,
    0x3fe74b77d985f0c2UL, 0x3fdd50ec26846000UL, 0x3d4cd0fff44d846eUL,
    0x3fe729be965f05beUL, 0x3fddd6f88639e000UL, 0x3ce2554ee393e384UL,
    0x3fe708666b422c01UL, 0x3fde5c436238c000UL, 0x3d4a21c1bfffac04UL,
    0x3fe6e76db7370b6eUL, 0x3fdee0cee6184000UL, 0x3d4a8b54e4f7e68cUL,
    0x3fe6c6d2e28b97afUL, 0x3fdf649d34242000UL, 0xbd23101041c31489UL
};

// log2(2^exponent (m + rest + tail)) rounded to the target; m from 1 to below 4.
static TargetValues log2Wide(Ints exponent, Doubles m, Doubles rest, Doubles tail) {
  Longs bits = asLongs(m);
  Longs distance = bits - ORIGIN_BITS;
  Longs octave = distance >> 52;
  Doubles z = asDoubles(bits - (octave << 52));
  Doubles scale = asDoubles((1023L - octave) << 52);
  Doubles entries[3];
  lookUp(TABLE, toInts(distance >> 45) & 127, 3, entries);
  Doubles c = entries[0];
  Doubles tableHigh = entries[1];
  Doubles tableLow = entries[2];

  // r + rLow = z c - 1.
  Doubles product = multiply(z, c);
  Doubles rounding = multiplyAdd(z, c, negative(product));
  Doubles error = multiplyAdd(multiply(rest, scale), c, rounding);
  Doubles exact = subtract(product, ONE);
  Doubles r = add(exact, error);
  Doubles rLow = multiplyAdd(multiply(tail, scale), c, subtract(error, subtract(r, exact)));

  // u + uLow = r - r^2/2 + r^3 P(r), the natural logarithm of 1 + r.
  Doubles square = multiply(r, r);
  Doubles squareError = multiplyAdd(r, r, negative(square));
  Doubles u = multiplyAdd(MINUS_HALF, square, r);
  Doubles uError = multiplyAdd(MINUS_HALF, square, subtract(r, u));
  Doubles p = multiplyAdd(r, P5, P4);
  p = multiplyAdd(r, p, P3);
  p = multiplyAdd(r, p, P2);
  p = multiplyAdd(r, p, P1);
  p = multiplyAdd(r, p, P0);
  Doubles linear =
      add(multiplyAdd(MINUS_HALF, squareError, uError), multiplyAdd(negative(r), rLow, rLow));
  Doubles uLow = multiplyAdd(multiply(r, square), p, linear);

  // l + lLow, the same in stops.
  Doubles l = multiply(u, PER_LN2_HIGH);
  Doubles lError = multiplyAdd(u, PER_LN2_HIGH, negative(l));
  Doubles lLow = add(lError, multiplyAdd(u, PER_LN2_LOW, multiply(uLow, PER_LN2_HIGH)));

  // k - log2(c) + l.
  Doubles k = add(toDoubles(exponent + toInts(octave)), tableHigh);
  Doubles sum = add(k, l);
  Doubles part = subtract(sum, k);
  Doubles sumError = add(subtract(k, subtract(sum, part)), subtract(l, part));
  Doubles low = add(sumError, add(lLow, tableLow));

  Doubles high = add(sum, low);
  return roundWide(high, subtract(low, subtract(high, sum)), (Ints)0);
}

static TargetValues convertValues(SourceValues bits, Gain gain) {
  Doubles x = toDouble(bits);
  Longs subnormal = isLess(x, POWER_OF_2(-1022));
  Ulongs normal = asUlongs(select(x, multiply(x, POWER_OF_2(64)), subnormal));
  Ints bias = select((Ints)1023, (Ints)(1023 + 64), toInts(subnormal));
  Ints exponent = toInts(normal >> 52) - bias;
  Doubles m = asDoubles((normal & 0xfffffffffffffUL) | (ulong)ONE_BITS);
#if GAIN
  // The significands' product in three doubles, to 2^-158.
  Doubles factorHigh = (Doubles)gain.high;
  Doubles factorMiddle = (Doubles)gain.middle;
  Doubles product = multiply(m, factorHigh);
  Doubles error = multiplyAdd(m, factorHigh, negative(product));
  Doubles middle = multiply(m, factorMiddle);
  Doubles middleError = multiplyAdd(m, factorMiddle, negative(middle));
  Doubles rest = add(error, middle);
  Doubles part = subtract(rest, error);
  Doubles restError = add(subtract(error, subtract(rest, part)), subtract(middle, part));
  Doubles tail = add(restError, multiplyAdd(m, (Doubles)gain.low, middleError));
  return log2Wide(exponent + gain.exponent, product, rest, tail);
#else
  return log2Wide(exponent, m, DOUBLE(0UL), DOUBLE(0UL));
#endif
}

#if HAS_FP64

// Whether each sample is positive and normal.
static SourceMasks isOrdinary(Sources bits, Gain gain) {
  return bits - (Sources)SOURCE_MIN_NORMAL < (Sources)(SOURCE_INFINITY - SOURCE_MIN_NORMAL);
}

#endif

#endif
