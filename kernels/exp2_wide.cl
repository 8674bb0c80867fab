// 2^(x + gain) as a sum of two doubles, by the operations of stops.math.Exp2Wide in the same order,
// so that the bits are the same. Table by src/main/sollya/exp2wide.sollya. The arithmetic is that of
// double_native.cl or double_integer.cl.

#if !TO_EXPOSURE && WIDE

// Exposures up to LOWEST, -1100, give 0, those from HIGHEST, 1024.5, on infinity, in every sample
// type.
#define LOWEST DOUBLE(0xc091300000000000UL)
#define HIGHEST DOUBLE(0x4090020000000000UL)

// 0x1.8p45: adding it rounds to a multiple of 1/128, which the low bits of the sum then hold.
#define ROUNDER DOUBLE(0x42c8000000000000UL)

// ln 2, rounded to double, and the remainder.
#define LN2_HIGH DOUBLE(0x3fe62e42fefa39efUL)
#define LN2_LOW DOUBLE(0x3c7abc9e3b39803fUL)

// The coefficients of Q.
#define Q0 DOUBLE(0x3fcebfbdff82c58fUL)
#define Q1 DOUBLE(0x3fac6b08d704a020UL)
#define Q2 DOUBLE(0x3f83b2ab6fa469d9UL)
#define Q3 DOUBLE(0x3f55d8803773320dUL)
#define Q4 DOUBLE(0x3f2434f24cbe149eUL)

// For j from 0 to 127, as bits: 2^(j/128), rounded to double, and the remainder.
__constant ulong TABLE[256] = {
    0x3ff0000000000000UL, 0x0000000000000000UL,
    0x3ff0163da9fb3335UL, 0x3c9b61299ab8cdb7UL,
    0x3ff02c9a3e778061UL, 0xbc719083535b085dUL,
    0x3ff04315e86e7f85UL, 0xbc90a31c1977c96eUL,
    0x3ff059b0d3158574UL, 0x3c8d73e2a475b465UL,
    0x3ff0706b29ddf6deUL, 0xbc8c91dfe2b13c27UL,
    0x3ff0874518759bc8UL, 0x3c6186be4bb284ffUL,
    0x3ff09e3ecac6f383UL, 0x3c91487818316136UL,
    0x3ff0b5586cf9890fUL, 0x3c98a62e4adc610bUL,
    0x3ff0cc922b7247f7UL, 0x3c901edc16e24f71UL,
    0x3ff0e3ec32d3d1a2UL, 0x3c403a1727c57b53UL,
    0x3ff0fb66affed31bUL, 0xbc6b9bedc44ebd7bUL,
    0x3ff11301d0125b51UL, 0xbc96c51039449b3aUL,
    0x3ff12abdc06c31ccUL, 0xbc51b514b36ca5c7UL,
    0x3ff1429aaea92de0UL, 0xbc932fbf9af1369eUL,
    0x3ff15a98c8a58e51UL, 0x3c82406ab9eeab0aUL,
    0x3ff172b83c7d517bUL, 0xbc819041b9d78a76UL,
    0x3ff18af9388c8deaUL, 0xbc911023d1970f6cUL,
    0x3ff1a35beb6fcb75UL, 0x3c8e5b4c7b4968e4UL,
    0x3ff1bbe084045cd4UL, 0xbc995386352ef607UL,
    0x3ff1d4873168b9aaUL, 0x3c9e016e00a2643cUL,
    0x3ff1ed5022fcd91dUL, 0xbc91df98027bb78cUL,
    0x3ff2063b88628cd6UL, 0x3c8dc775814a8495UL,
    0x3ff21f49917ddc96UL, 0x3c82a97e9494a5eeUL,
    0x3ff2387a6e756238UL, 0x3c99b07eb6c70573UL,
    0x3ff251ce4fb2a63fUL, 0x3c8ac155bef4f4a4UL,
    0x3ff26b4565e27cddUL, 0x3c82bd339940e9d9UL,
    0x3ff284dfe1f56381UL, 0xbc9a4c3a8c3f0d7eUL,
    0x3ff29e9df51fdee1UL, 0x3c8612e8afad1255UL,
    0x3ff2b87fd0dad990UL, 0xbc410adcd6381aa4UL,
    0x3ff2d285a6e4030bUL, 0x3c90024754db41d5UL,
    0x3ff2ecafa93e2f56UL, 0x3c71ca0f45d52383UL,
    0x3ff306fe0a31b715UL, 0x3c86f46ad23182e4UL,
    0x3ff32170fc4cd831UL, 0x3c8a9ce78e18047cUL,
    0x3ff33c08b26416ffUL, 0x3c932721843659a6UL,
    0x3ff356c55f929ff1UL, 0xbc8b5cee5c4e4628UL,
    0x3ff371a7373aa9cbUL, 0xbc963aeabf42eae2UL,
    0x3ff38cae6d05d866UL, 0xbc9e958d3c9904bdUL,
    0x3ff3a7db34e59ff7UL, 0xbc75e436d661f5e3UL,
    0x3ff3c32dc313a8e5UL, 0xbc9efff8375d29c3UL,
    0x3ff3dea64c123422UL, 0x3c8ada0911f09ebcUL,
    0x3ff3fa4504ac801cUL, 0xbc97d023f956f9f3UL,
    0x3ff4160a21f72e2aUL, 0xbc5ef3691c309278UL,
    0x3ff431f5d950a897UL, 0xbc81c7dde35f7999UL,
    0x3ff44e086061892dUL, 0x3c489b7a04ef80d0UL,
    0x3ff46a41ed1d0057UL, 0x3c9c944bd1648a76UL,
    0x3ff486a2b5c13cd0UL, 0x3c73c1a3b69062f0UL,
    0x3ff4a32af0d7d3deUL, 0x3c99cb62f3d1be56UL,
    0x3ff4bfdad5362a27UL, 0x3c7d4397afec42e2UL,
    0x3ff4dcb299fddd0dUL, 0x3c98ecdbbc6a7833UL,
    0x3ff4f9b2769d2ca7UL, 0xbc94b309d25957e3UL,
    0x3ff516daa2cf6642UL, 0xbc8f768569bd93efUL,
    0x3ff5342b569d4f82UL, 0xbc807abe1db13cadUL,
    0x3ff551a4ca5d920fUL, 0xbc8d689cefede59bUL,
    0x3ff56f4736b527daUL, 0x3c99bb2c011d93adUL,
    0x3ff58d12d497c7fdUL, 0x3c8295e15b9a1de8UL,
    0x3ff5ab07dd485429UL, 0x3c96324c054647adUL,
    0x3ff5c9268a5946b7UL, 0x3c3c4b1b816986a2UL,
    0x3ff5e76f15ad2148UL, 0x3c9ba6f93080e65eUL,
    0x3ff605e1b976dc09UL, 0xbc93e2429b56de47UL,
    0x3ff6247eb03a5585UL, 0xbc9383c17e40b497UL,
    0x3ff6434634ccc320UL, 0xbc8c483c759d8933UL,
    0x3ff6623882552225UL, 0xbc9bb60987591c34UL,
    0x3ff68155d44ca973UL, 0x3c6038ae44f73e65UL,
    0x3ff6a09e667f3bcdUL, 0xbc9bdd3413b26456UL,
    0x3ff6c012750bdabfUL, 0xbc72895667ff0b0dUL,
    0x3ff6dfb23c651a2fUL, 0xbc6bbe3a683c88abUL,
    0x3ff6ff7df9519484UL, 0xbc883c0f25860ef6UL,
    0x3ff71f75e8ec5f74UL, 0xbc816e4786887a99UL,
    0x3ff73f9a48a58174UL, 0xbc90a8d96c65d53cUL,
    0x3ff75feb564267c9UL, 0xbc90245957316dd3UL,
    0x3ff780694fde5d3fUL, 0x3c9866b80a02162dUL,
    0x3ff7a11473eb0187UL, 0xbc841577ee04992fUL,
    0x3ff7c1ed0130c132UL, 0x3c9f124cd1164dd6UL,
    0x3ff7e2f336cf4e62UL, 0x3c705d02ba15797eUL,
    0x3ff80427543e1a12UL, 0xbc927c86626d972bUL,
    0x3ff82589994cce13UL, 0xbc9d4c1dd41532d8UL,
    0x3ff8471a4623c7adUL, 0xbc88d684a341cdfbUL,
    0x3ff868d99b4492edUL, 0xbc9fc6f89bd4f6baUL,
    0x3ff88ac7d98a6699UL, 0x3c9994c2f37cb53aUL,
    0x3ff8ace5422aa0dbUL, 0x3c96e9f156864b27UL,
    0x3ff8cf3216b5448cUL, 0xbc70d55e32e9e3aaUL,
    0x3ff8f1ae99157736UL, 0x3c85cc13a2e3976cUL,
    0x3ff9145b0b91ffc6UL, 0xbc9dd6792e582524UL,
    0x3ff93737b0cdc5e5UL, 0xbc675fc781b57ebcUL,
    0x3ff95a44cbc8520fUL, 0xbc764b7c96a5f039UL,
    0x3ff97d829fde4e50UL, 0xbc9d185b7c1b85d1UL,
    0x3ff9a0f170ca07baUL, 0xbc9173bd91cee632UL,
    0x3ff9c49182a3f090UL, 0x3c7c7c46b071f2beUL,
    0x3ff9e86319e32323UL, 0x3c7824ca78e64c6eUL,
    0x3ffa0c667b5de565UL, 0xbc9359495d1cd533UL,
    0x3ffa309bec4a2d33UL, 0x3c96305c7ddc36abUL,
    0x3ffa5503b23e255dUL, 0xbc9d2f6edb8d41e1UL,
    0x3ffa799e1330b358UL, 0x3c9bcb7ecac563c7UL,
    0x3ffa9e6b5579fdbfUL, 0x3c90fac90ef7fd31UL,
    0x3ffac36bbfd3f37aUL, 0xbc8f9234cae76cd0UL,
    0x3ffae89f995ad3adUL, 0x3c97a1cd345dcc81UL,
    0x3ffb0e07298db666UL, 0xbc9bdef54c80e425UL,
    0x3ffb33a2b84f15fbUL, 0xbc62805e3084d708UL,
    0x3ffb59728de5593aUL, 0xbc9c71dfbbba6de3UL,
    0x3ffb7f76f2fb5e47UL, 0xbc75584f7e54ac3bUL,
    0x3ffba5b030a1064aUL, 0xbc9efcd30e54292eUL,
    0x3ffbcc1e904bc1d2UL, 0x3c823dd07a2d9e84UL,
    0x3ffbf2c25bd71e09UL, 0xbc9efdca3f6b9c73UL,
    0x3ffc199bdd85529cUL, 0x3c811065895048ddUL,
    0x3ffc40ab5fffd07aUL, 0x3c9b4537e083c60aUL,
    0x3ffc67f12e57d14bUL, 0x3c92884dff483cadUL,
    0x3ffc8f6d9406e7b5UL, 0x3c71acbc48805c44UL,
    0x3ffcb720dcef9069UL, 0x3c7503cbd1e949dbUL,
    0x3ffcdf0b555dc3faUL, 0xbc8dd83b53829d72UL,
    0x3ffd072d4a07897cUL, 0xbc9cbc3743797a9cUL,
    0x3ffd2f87080d89f2UL, 0xbc9d487b719d8578UL,
    0x3ffd5818dcfba487UL, 0x3c82ed02d75b3707UL,
    0x3ffd80e316c98398UL, 0xbc911ec18beddfe8UL,
    0x3ffda9e603db3285UL, 0x3c9c2300696db532UL,
    0x3ffdd321f301b460UL, 0x3c92da5778f018c3UL,
    0x3ffdfc97337b9b5fUL, 0xbc91a5cd4f184b5cUL,
    0x3ffe264614f5a129UL, 0xbc97b627817a1496UL,
    0x3ffe502ee78b3ff6UL, 0x3c839e8980a9cc8fUL,
    0x3ffe7a51fbc74c83UL, 0x3c92d522ca0c8de2UL,
    0x3ffea4afa2a490daUL, 0xbc9e9c23179c2893UL,
    0x3ffecf482d8e67f1UL, 0xbc9c93f3b411ad8cUL,
    0x3ffefa1bee615a27UL, 0x3c9dc7f486a4b6b0UL,
    0x3fff252b376bba97UL, 0x3c93a1a5bf0d8e43UL,
    0x3fff50765b6e4540UL, 0x3c99d3e12dd8a18bUL,
    0x3fff7bfdad9cbe14UL, 0xbc9dbb12d006350aUL,
    0x3fffa7c1819e90d8UL, 0x3c874853f3a5931eUL,
    0x3fffd3c22b8f71f1UL, 0x3c62eb74966579e7UL
};

// 2^(s + t) rounded to the target; s is the nearest double of s + t.
static TargetValues exp2Wide(Doubles s, Doubles t) {
  Longs inside = isLess(LOWEST, s) & isLess(s, HIGHEST);
  Doubles x = select(select(HIGHEST, LOWEST, isLess(s, DOUBLE(0UL))), s, inside);
  Doubles rest = select(DOUBLE(0UL), t, inside);

  Doubles rounded = add(x, ROUNDER);
  Ints n = toInts(asLongs(rounded) - asLongs(ROUNDER));
  Doubles entries[2];
  lookUp(TABLE, n & 127, 2, entries);
  Doubles tableHigh = entries[0];
  Doubles tableLow = entries[1];

  // r + rLow, the reduced argument.
  Doubles exact = subtract(x, subtract(rounded, ROUNDER));
  Doubles r = add(exact, rest);
  Doubles rLow = subtract(rest, subtract(r, exact));

  // p + pLow = r ln 2 + r^2 Q(r), which is 2^r - 1.
  Doubles p = multiply(r, LN2_HIGH);
  Doubles pError = multiplyAdd(r, LN2_HIGH, negative(p));
  Doubles linear = add(pError, multiplyAdd(r, LN2_LOW, multiply(rLow, LN2_HIGH)));
  Doubles q = multiplyAdd(r, Q4, Q3);
  q = multiplyAdd(r, q, Q2);
  q = multiplyAdd(r, q, Q1);
  q = multiplyAdd(r, q, Q0);
  Doubles pLow = multiplyAdd(multiply(r, r), q, linear);

  // T (1 + p) = T + T p.
  Doubles product = multiply(tableHigh, p);
  Doubles productError = multiplyAdd(tableHigh, p, negative(product));
  Doubles sum = add(tableHigh, product);
  Doubles sumError = subtract(product, subtract(sum, tableHigh));
  Doubles small = multiplyAdd(tableHigh, pLow, multiplyAdd(tableLow, p, tableLow));
  Doubles low = add(sumError, add(productError, small));

  Doubles high = add(sum, low);
  return roundWide(high, subtract(low, subtract(high, sum)), n >> 7);
}

static TargetValues convertValues(SourceValues bits, Gain gain) {
  Doubles x = toDouble(bits);
#if GAIN
  Doubles stops = (Doubles)gain.stops;
  Doubles s = add(x, stops);
  Doubles part = subtract(s, x);
  Doubles t = add(subtract(x, subtract(s, part)), subtract(stops, part));
  return exp2Wide(s, t);
#else
  return exp2Wide(x, DOUBLE(0UL));
#endif
}

#if HAS_FP64

#if TARGET == 16
#define NORMAL_MAX 14.0
#elif TARGET == 32
#define NORMAL_MAX 126.0
#else
#define NORMAL_MAX 1022.0
#endif

// Whether the intensity of each exposure is a normal sample.
static LongLanes isOrdinary(Sources bits, Gain gain) {
  Sources magnitudes = bits & (Sources)(SOURCE_SIGN - 1);
  LongLanes normal = fabs(toDouble(bits) + gain.stops) <= NORMAL_MAX;
  return normal & toLongLanes(magnitudes < (Sources)SOURCE_INFINITY);
}

#endif

#endif
