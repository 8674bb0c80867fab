// log2(x 2^gain) as a sum of two doubles, by the operations of stops.math.Log2Wide in the same
// order, so that the bits are the same. Table by src/main/sollya/log2wide.sollya.

#if TO_EXPOSURE && HAS_FP64 && WIDE

#define ONE_BITS 0x3ff0000000000000L

// The bits of the least z. 1 lies at 2/3 of the 76th part of the octave.
#define ORIGIN_BITS (ONE_BITS - 75 * (1L << 45) - 2731 * (1L << 33))

// For each of the 128 parts of the octave: c, near the reciprocal of the part's middle; -log2(c),
// rounded to a multiple of 2^-41; and the remainder of that.
__constant double TABLE[384] = {
    0x1.6a6945e926a22p0, -0x1.00c27cd375p-1, 0x1.aebf1b97050fcp-44,
    0x1.686b0a5634651p0, -0x1.f95f5754ep-2, 0x1.f0c2ba72b63fp-43,
    0x1.66726399db3bdp0, -0x1.f145254d96p-2, 0x1.d9b134e0a087p-44,
    0x1.647f3a62d98aap0, -0x1.e936439f1p-2, -0x1.7f89b74efceb1p-43,
    0x1.629177e11c28bp0, -0x1.e13292dc6ep-2, 0x1.b64d236592cc5p-43,
    0x1.60a905c24495cp0, -0x1.d939f41bp-2, -0x1.426b84de242b9p-43,
    0x1.5ec5ce2e4bc42p0, -0x1.d14c48ef8ep-2, -0x1.c8fe0123f4f0ap-43,
    0x1.5ce7bbc440641p0, -0x1.c969736b9p-2, -0x1.a8829cffc1123p-43,
    0x1.5b0eb9971fad8p0, -0x1.c191561a8ep-2, -0x1.f225cf4acc455p-44,
    0x1.593ab32ac7acbp0, -0x1.b9c3d3ff8ap-2, -0x1.ccd15ec879f2fp-43,
    0x1.576b94710222fp0, -0x1.b200d09282p-2, 0x1.7147819d86be1p-43,
    0x1.55a149c6a7155p0, -0x1.aa482fbdf2p-2, -0x1.f7a8b35a8cda7p-43,
    0x1.53dbbff0d62e1p0, -0x1.a299d5dc86p-2, 0x1.ac547d2390079p-45,
    0x1.521ae41a461c7p0, -0x1.9af5a7b6b2p-2, 0x1.738b4ce250d4cp-46,
    0x1.505ea3d0a92a5p0, -0x1.935b8a808p-2, 0x1.677ad045c6a11p-43,
    0x1.4ea6ed022643ap0, -0x1.8bcb63d752p-2, 0x1.c7106daec7aa1p-45,
    0x1.4cf3adfae5b77p0, -0x1.844519bfc4p-2, 0x1.e9aa9f92b40f7p-44,
    0x1.4b44d562b0fe9p0, -0x1.7cc892a38ep-2, 0x1.149d0ab618643p-43,
    0x1.499a523aa4dc7p0, -0x1.7555b54f7ep-2, 0x1.a374f8e012dfp-43,
    0x1.47f413daf536cp0, -0x1.6dec68f178p-2, 0x1.c2067ab17f6e9p-47,
    0x1.465209f0c2044p0, -0x1.668c95168ap-2, -0x1.8b9006da0e419p-44,
    0x1.44b4247bfcbc7p0, -0x1.5f3621a904p-2, -0x1.1a24b0299268dp-43,
    0x1.431a53cd5db51p0, -0x1.57e8f6eea2p-2, 0x1.ca561f3c44e21p-46,
    0x1.4184888468e23p0, -0x1.50a4fd86bcp-2, -0x1.b226023eec8f7p-43,
    0x1.3ff2b38d81725p0, -0x1.496a1e688ep-2, 0x1.f75a192ef4e2ap-45,
    0x1.3e64c6200bc45p0, -0x1.423842e174p-2, -0x1.33e29619459d9p-43,
    0x1.3cdab1bc9d3bfp0, -0x1.3b0f54934ep-2, 0x1.0a16d030a26d4p-43,
    0x1.3b54682b397c8p0, -0x1.33ef3d72dp-2, 0x1.60d2c1c6ebac6p-43,
    0x1.39d1db799c97p0, -0x1.2cd7e7c5f4p-2, -0x1.2cd24257936a5p-43,
    0x1.3852fdf991bd9p0, -0x1.25c93e226ep-2, 0x1.1dc19f272fa4fp-45,
    0x1.36d7c23f56109p0, -0x1.1ec32b6c1ep-2, 0x1.63dc6a9fad203p-44,
    0x1.35601b200720dp0, -0x1.17c59ad39ep-2, 0x1.b2d2a00a83576p-44,
    0x1.33ebfbb01cc27p0, -0x1.10d077d4ccp-2, -0x1.69412e06af341p-44,
    0x1.327b5741edd2fp0, -0x1.09e3ae3564p-2, -0x1.0c0c1954be6efp-43,
    0x1.310e21643f967p0, -0x1.02ff2a039cp-2, 0x1.b856e5084b7f1p-44,
    0x1.2fa44de0df547p0, -0x1.f845af2994p-3, 0x1.845a85638a64cp-43,
    0x1.2e3dd0bb45df4p0, -0x1.ea9d47082cp-3, -0x1.afb60d083f8bcp-43,
    0x1.2cda9e2f44b49p0, -0x1.dd04f5626cp-3, -0x1.14fde162c911p-44,
    0x1.2b7aaaafbc68ep0, -0x1.cf7c947e4p-3, -0x1.2abaa5e5acd1fp-43,
    0x1.2a1deae55c113p0, -0x1.c203ff25b8p-3, 0x1.a418d9804fc5ep-46,
    0x1.28c453ad69631p0, -0x1.b49b10a49p-3, -0x1.a65ef4f18fa1cp-44,
    0x1.276dda189143bp0, -0x1.a741a4c5e8p-3, -0x1.7923f31e08dc2p-44,
    0x1.261a7369c0833p0, -0x1.99f797d1ecp-3, -0x1.84af8fba9b4c3p-43,
    0x1.24ca151504816p0, -0x1.8cbcc68bap-3, -0x1.330a830996f84p-43,
    0x1.237cb4be737e3p0, -0x1.7f910e2ea8p-3, -0x1.2f5a244b7f125p-43,
    0x1.223248391c584p0, -0x1.72744c6d2cp-3, 0x1.f959b1ce3c5bap-43,
    0x1.20eac585fd7f2p0, -0x1.65665f6dbp-3, 0x1.640323271fc1fp-44,
    0x1.1fa622d302e01p0, -0x1.586725c92p-3, 0x1.693231563a32fp-44,
    0x1.1e64567a0a97ap0, -0x1.4b767e88bcp-3, 0x1.dfc58903ec2bdp-43,
    0x1.1d2556fff0328p0, -0x1.3e94492424p-3, -0x1.eac07bced75a1p-47,
    0x1.1be91b139e4acp0, -0x1.31c0657f7cp-3, 0x1.fcbef0effe0fp-44,
    0x1.1aaf998d2650fp0, -0x1.24fab3e974p-3, -0x1.c4e942d3516e2p-43,
    0x1.1978c96cde509p0, -0x1.184315199p-3, 0x1.336eeb7da9a38p-43,
    0x1.1844a1da84834p0, -0x1.0b996a2e38p-3, -0x1.2585280433dcep-46,
    0x1.17131a2468852p0, -0x1.fdfb29563p-4, -0x1.8a9d4176ee3b3p-43,
    0x1.15e429be9a005p0, -0x1.e4deeceebp-4, -0x1.c1036d3a6854bp-49,
    0x1.14b7c8421ca68p0, -0x1.cbdde3b7dp-4, 0x1.221576ceea266p-43,
    0x1.138ded6c214f6p0, -0x1.b2f7d303cp-4, -0x1.8b3c00ed1858ep-43,
    0x1.1266911d4416dp0, -0x1.9a2c80e1ep-4, 0x1.5ecbb10e043b2p-43,
    0x1.1141ab58cf545p0, -0x1.817bb41b58p-4, 0x1.7926c2c7a520cp-44,
    0x1.101f344403489p0, -0x1.68e534304p-4, 0x1.dc8e2f1b4fef1p-44,
    0x1.0eff2425625cfp0, -0x1.5068c9547p-4, -0x1.faeda3b5ba655p-46,
    0x1.0de1736401d4ep0, -0x1.38063c6cap-4, 0x1.2cc9d627ce55ap-45,
    0x1.0cc61a86decfp0, -0x1.1fbd570b68p-4, -0x1.f2bf9e6db2bc8p-44,
    0x1.0bad123437772p0, -0x1.078de36e8p-4, -0x1.bb7632e21448fp-43,
    0x1.0a965330e84aap0, -0x1.deef58f7dp-5, -0x1.8fe3006d3564dp-44,
    0x1.0981d65fcd517p0, -0x1.aef4fb7e5p-5, -0x1.02279f35dc3dap-45,
    0x1.086f94c1272ebp0, -0x1.7f2c46cd6p-5, 0x1.206b2178a3724p-43,
    0x1.075f877203ee9p0, -0x1.4f94d4825p-5, -0x1.6024ae1762c51p-46,
    0x1.0651a7abab74ep0, -0x1.202e3f75fp-5, 0x1.40fed4d2e4941p-44,
    0x1.0545eec30f73ep0, -0x1.e1f0476e8p-6, -0x1.cbfff2355c42bp-44,
    0x1.043c56283ed14p0, -0x1.83e43d0dap-6, 0x1.bbcf17bae7642p-43,
    0x1.0334d765dc615p0, -0x1.26379ca3p-6, -0x1.04c96260861c4p-45,
    0x1.022f6c2098e14p0, -0x1.91d34ab1p-7, 0x1.9ad6527066e33p-44,
    0x1.012c0e16b0189p0, -0x1.afe662778p-8, -0x1.39ad9f4ec02dep-43,
    0x1p0, 0.0, 0.0,
    0x1.fcb044bf6e7a8p-1, 0x1.32bf5e858p-7, 0x1.7b185d6edcdc2p-45,
    0x1.f8c541c1c6e42p-1, 0x1.5022d0a64p-6, -0x1.1189368ccefcap-43,
    0x1.f4e993ee20c59p-1, 0x1.02bf7b075p-5, -0x1.de9b4ae60bad3p-43,
    0x1.f11ce1f247ed5p-1, 0x1.5cbccb7fap-5, -0x1.e078a2b778d42p-46,
    0x1.ed5ed52c99be5p-1, 0x1.b60c05a0bp-5, 0x1.b31db6eb60819p-44,
    0x1.e9af19924b9e9p-1, 0x1.0757e2f5e8p-4, -0x1.9f323bf5bd518p-44,
    0x1.e60d5d96d6737p-1, 0x1.33554cfa18p-4, 0x1.70029b281fa06p-44,
    0x1.e279521478126p-1, 0x1.5eff80681p-4, 0x1.741cbf4b01f24p-43,
    0x1.def2aa35bc6c2p-1, 0x1.8a57b5c2d8p-4, 0x1.2c0f118df5b78p-45,
    0x1.db791b60010f3p-1, 0x1.b55f1eb9c8p-4, -0x1.c39e2cab632bbp-43,
    0x1.d80c5d1ee661bp-1, 0x1.e016e65b1p-4, -0x1.f98f33bc045c4p-44,
    0x1.d4ac2910a2ac2p-1, 0x1.054018a24p-3, 0x1.96403864457c7p-43,
    0x1.d1583ad32bbbap-1, 0x1.1a4e0ee944p-3, -0x1.8c345a2926321p-43,
    0x1.ce104ff22c851p-1, 0x1.2f35e226acp-3, 0x1.240d8095a67a6p-43,
    0x1.cad427d5bcc86p-1, 0x1.43f81b8a74p-3, 0x1.f20118f380d97p-43,
    0x1.c7a383b1d1449p-1, 0x1.589541657cp-3, 0x1.6485b2ec3e7d1p-45,
    0x1.c47e26765b8fbp-1, 0x1.6d0dd73decp-3, -0x1.b2c5e87fb27ddp-43,
    0x1.c163d4c011249p-1, 0x1.81625de2ep-3, 0x1.6a6f961af0e1cp-47,
    0x1.be5454c9d1ae7p-1, 0x1.9593537f74p-3, 0x1.7e1994657f18ap-47,
    0x1.bb4f6e5ea5073p-1, 0x1.a9a133ad0cp-3, 0x1.86576a3a30df4p-43,
    0x1.b854eacc49c69p-1, 0x1.bd8c77852p-3, 0x1.79a06a02e2e11p-44,
    0x1.b56494d64da09p-1, 0x1.d15595b254p-3, -0x1.d4b8c7f34b1bdp-45,
    0x1.b27e38a9a92e7p-1, 0x1.e4fd02811p-3, -0x1.cb86deebfd24ep-45,
    0x1.afa1a3d0d912ep-1, 0x1.f8832fef88p-3, 0x1.6e1c69eff8a99p-45,
    0x1.accea5286ebb5p-1, 0x1.05f446de9ep-2, -0x1.d9d0a722037d1p-44,
    0x1.aa050cd4134e1p-1, 0x1.0f96c4bcf6p-2, 0x1.e839b7200ea3ep-45,
    0x1.a744ac33f79a3p-1, 0x1.1929474a16p-2, -0x1.2f4e041a8122dp-43,
    0x1.a48d55daac251p-1, 0x1.22ac0333acp-2, 0x1.2682ab5b8c9a9p-47,
    0x1.a1dedd835caf5p-1, 0x1.2c1f2c24ap-2, 0x1.425dace2518a8p-43,
    0x1.9f3918086ac7dp-1, 0x1.3582f4cba4p-2, -0x1.b3ea8105e5a4ep-44,
    0x1.9c9bdb5a633c4p-1, 0x1.3ed78ee18ep-2, 0x1.3d7e108137ee9p-44,
    0x1.9a06fe774a6d3p-1, 0x1.481d2b2f9p-2, -0x1.6135af0a3049fp-43,
    0x1.977a59623bbc3p-1, 0x1.5153f99524p-2, 0x1.98ac30509c8fdp-43,
    0x1.94f5c51b587d5p-1, 0x1.5a7c290de8p-2, 0x1.e162c8c78ee47p-49,
    0x1.92791b9803p-1, 0x1.6395e7b72ap-2, 0x1.9989425d77674p-43,
    0x1.900437bb626edp-1, 0x1.6ca162d56ap-2, -0x1.a6ab5a58b33a9p-43,
    0x1.8d96f54f2c6f4p-1, 0x1.759ec6d99p-2, 0x1.04f4b2e27bd81p-43,
    0x1.8b3130fcb18f3p-1, 0x1.7e8e3f661ep-2, -0x1.50cce0f48cac2p-45,
    0x1.88d2c84629b1fp-1, 0x1.876ff75414p-2, 0x1.897529fdad358p-43,
    0x1.867b99803dd2cp-1, 0x1.904418b7dp-2, 0x1.d0223c7994ac9p-44,
    0x1.842b83cbcc90fp-1, 0x1.990acce5bp-2, -0x1.d4f60127682ddp-46,
    0x1.81e2670fe7196p-1, 0x1.a1c43c769ep-2, 0x1.d29ca4923f1bdp-43,
    0x1.7fa023f4041eap-1, 0x1.aa708f4c7ep-2, -0x1.b7b23ee2ddf68p-43,
    0x1.7d649bda66ab2p-1, 0x1.b30fec9664p-2, -0x1.0cc0e88caa5bp-48,
    0x1.7b2fb0dab6b51p-1, 0x1.bba27ad4ccp-2, 0x1.d98455166259cp-43,
    0x1.790145bcc9711p-1, 0x1.c4285fdd9ap-2, -0x1.a1fc04005769cp-43,
    0x1.76d93df3977cdp-1, 0x1.cca1c0dffcp-2, -0x1.f3406177b9345p-45,
    0x1.74b77d985f0c2p-1, 0x1.d50ec26846p-2, 0x1.cd0fff44d846ep-43,
    0x1.729be965f05bep-1, 0x1.dd6f88639ep-2, 0x1.2554ee393e384p-49,
    0x1.708666b422c01p-1, 0x1.e5c436238cp-2, 0x1.a21c1bfffac04p-43,
    0x1.6e76db7370b6ep-1, 0x1.ee0cee6184p-2, 0x1.a8b54e4f7e68cp-43,
    0x1.6c6d2e28b97afp-1, 0x1.f649d34242p-2, -0x1.3101041c31489p-45
};

// Looks up the entries of a table in each lane.
static void lookUp(IntLanes indices, DoubleLanes *c, DoubleLanes *high, DoubleLanes *low) {
  int index[LANES];
  double cs[LANES];
  double highs[LANES];
  double lows[LANES];
  storeLanes(indices, 0, index);
  for (uint lane = 0; lane < LANES; lane++) {
    cs[lane] = TABLE[3 * index[lane]];
    highs[lane] = TABLE[3 * index[lane] + 1];
    lows[lane] = TABLE[3 * index[lane] + 2];
  }
  *c = loadLanes(0, cs);
  *high = loadLanes(0, highs);
  *low = loadLanes(0, lows);
}

// log2(2^exponent (m + rest + tail)) rounded to the target; m from 1 to below 4.
static Targets log2Wide(IntLanes exponent, DoubleLanes m, DoubleLanes rest, DoubleLanes tail) {
  LongLanes bits = asLongLanes(m);
  LongLanes distance = bits - ORIGIN_BITS;
  LongLanes octave = distance >> 52;
  DoubleLanes z = asDoubleLanes(bits - (octave << 52));
  DoubleLanes scale = asDoubleLanes((1023L - octave) << 52);
  DoubleLanes c;
  DoubleLanes tableHigh;
  DoubleLanes tableLow;
  lookUp(toIntLanes(distance >> 45) & 127, &c, &tableHigh, &tableLow);

  // r + rLow = z c - 1.
  DoubleLanes product = z * c;
  DoubleLanes error = fma(rest * scale, c, fma(z, c, -product));
  DoubleLanes exact = product - 1.0;
  DoubleLanes r = exact + error;
  DoubleLanes rLow = fma(tail * scale, c, error - (r - exact));

  // u + uLow = r - r^2/2 + r^3 P(r), the natural logarithm of 1 + r.
  DoubleLanes minusHalf = -0.5;
  DoubleLanes square = r * r;
  DoubleLanes squareError = fma(r, r, -square);
  DoubleLanes u = fma(minusHalf, square, r);
  DoubleLanes uError = fma(minusHalf, square, r - u);
  DoubleLanes p = fma(r, (DoubleLanes)-0x1.000186b5d06c5p-3, (DoubleLanes)0x1.2493c9add148p-3);
  p = fma(r, p, (DoubleLanes)-0x1.555555547a1e3p-3);
  p = fma(r, p, (DoubleLanes)0x1.99999998e2254p-3);
  p = fma(r, p, (DoubleLanes)-0x1.0000000000001p-2);
  p = fma(r, p, (DoubleLanes)0x1.5555555555556p-2);
  DoubleLanes linear = fma(minusHalf, squareError, uError) + fma(-r, rLow, rLow);
  DoubleLanes uLow = fma(r * square, p, linear);

  // l + lLow, the same in stops.
  DoubleLanes perLn2High = 0x1.71547652b82fep0;
  DoubleLanes perLn2Low = 0x1.777d0ffda0d24p-56;
  DoubleLanes l = u * perLn2High;
  DoubleLanes lError = fma(u, perLn2High, -l);
  DoubleLanes lLow = lError + fma(u, perLn2Low, uLow * perLn2High);

  // k - log2(c) + l.
  DoubleLanes k = toDoubleLanes(exponent + toIntLanes(octave)) + tableHigh;
  DoubleLanes sum = k + l;
  DoubleLanes part = sum - k;
  DoubleLanes sumError = (k - (sum - part)) + (l - part);
  DoubleLanes low = sumError + (lLow + tableLow);

  DoubleLanes high = sum + low;
  return roundWide(high, low - (high - sum), (IntLanes)0);
}

// Whether each sample is positive and normal.
static SourceMasks isOrdinary(Sources bits, Gain gain) {
  return bits - (Sources)SOURCE_MIN_NORMAL < (Sources)(SOURCE_INFINITY - SOURCE_MIN_NORMAL);
}

static Targets convertFinite(Sources bits, Gain gain) {
  DoubleLanes x = toDouble(bits);
  LongLanes subnormal = x < 0x1p-1022;
  UlongLanes normal = asUlongLanes(select(x, x * 0x1p64, subnormal));
  IntLanes bias = select((IntLanes)1023, (IntLanes)(1023 + 64), toIntLanes(subnormal));
  IntLanes exponent = toIntLanes(normal >> 52) - bias;
  DoubleLanes m = asDoubleLanes((normal & 0xfffffffffffffUL) | (ulong)ONE_BITS);
#if GAIN
  // The significands' product in three doubles, to 2^-158.
  DoubleLanes product = m * gain.high;
  DoubleLanes error = fma(m, (DoubleLanes)gain.high, -product);
  DoubleLanes middle = m * gain.middle;
  DoubleLanes middleError = fma(m, (DoubleLanes)gain.middle, -middle);
  DoubleLanes rest = error + middle;
  DoubleLanes part = rest - error;
  DoubleLanes restError = (error - (rest - part)) + (middle - part);
  DoubleLanes tail = restError + fma(m, (DoubleLanes)gain.low, middleError);
  return log2Wide(exponent + gain.exponent, product, rest, tail);
#else
  return log2Wide(exponent, m, (DoubleLanes)0.0, (DoubleLanes)0.0);
#endif
}

static Targets convertOrdinary(Sources bits, Gain gain) {
  return convertFinite(bits, gain);
}

#endif
