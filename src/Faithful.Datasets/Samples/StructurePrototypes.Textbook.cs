namespace Faithful.Datasets.Samples;

/// <content>
/// Structure types of R. W. G. Wyckoff, Crystal Structures (1963 to 1965), and of M. J. Mehl et al., The AFLOW Library of
/// Crystallographic Prototypes, Comput. Mater. Sci. 136, S1 (2017), doi:10.1016/j.commatsci.2017.01.017, in round numbers.
/// Distortions of perovskites are larger than in nature, so that a tolerance of 0.1 Å does not hide them.
/// </content>
public static partial class StructurePrototypes
{
    private const string TextbookLines = """
        fcc | 225 | - | A 0 0 0
        bcc | 229 | - | A 0 0 0
        diamond | 227 | - | A 1/8 1/8 1/8
        rock-salt | 225 | - | A 0 0 0 | B 1/2 1/2 1/2
        caesium-chloride | 221 | - | A 0 0 0 | B 1/2 1/2 1/2
        fluorite | 225 | - | A 0 0 0 | B 1/4 1/4 1/4
        cubic-laves | 227 | - | A 1/8 1/8 1/8 | B 1/2 1/2 1/2
        cu3au | 221 | - | A 0 0 0 | B 0 1/2 1/2
        rhenium-trioxide | 221 | - | A 0 0 0 | B 1/2 0 0
        bismuth-trifluoride | 225 | - | A 0 0 0 | B 1/2 1/2 1/2 | B 1/4 1/4 1/4
        a15 | 223 | - | A 0 0 0 | B 1/4 0 1/2
        full-heusler | 225 | - | A 0 0 0 | B 1/2 1/2 1/2 | C 1/4 1/4 1/4
        cubic-perovskite | 221 | - | A 1/2 1/2 1/2 | B 0 0 0 | C 1/2 0 0
        spinel | 227 | - | A 1/8 1/8 1/8 | B 1/2 1/2 1/2 | C 0.262 0.262 0.262
        zinc-blende | 216 | - | A 0 0 0 | B 1/4 1/4 1/4
        half-heusler | 216 | - | A 0 0 0 | B 1/2 1/2 1/2 | C 1/4 1/4 1/4
        inverse-heusler | 216 | - | C 0 0 0 | C 1/4 1/4 1/4 | A 1/2 1/2 1/2 | B 3/4 3/4 3/4
        beta-manganese | 213 | - | A 0.0636 0.0636 0.0636 | A 1/8 0.2022 0.4522
        strontium-silicide | 212 | - | A 1/8 1/8 1/8 | B 0.423 0.423 0.423
        pyrite | 205 | - | A 0 0 0 | B 0.385 0.385 0.385
        skutterudite | 204 | - | A 1/4 1/4 1/4 | B 0 0.335 0.158
        iron-silicide | 198 | - | A 0.137 0.137 0.137 | B 0.842 0.842 0.842
        ullmannite | 198 | - | A 0.976 0.976 0.976 | B 0.625 0.625 0.625 | C 0.390 0.390 0.390
        hcp | 194 | 1.63 | A 1/3 2/3 1/4
        graphite | 194 | 2.73 | A 0 0 1/4 | A 1/3 2/3 1/4
        nickeline | 194 | 1.39 | A 0 0 0 | B 1/3 2/3 1/4
        hexagonal-boron-nitride | 194 | 2.66 | A 1/3 2/3 1/4 | B 2/3 1/3 1/4
        molybdenite-2h | 194 | 3.89 | A 1/3 2/3 1/4 | B 1/3 2/3 0.621
        hexagonal-laves | 194 | 1.64 | A 1/3 2/3 0.062 | B 0 0 0 | B 0.830 0.660 1/4
        magnesium-diboride | 191 | 1.14 | A 0 0 0 | B 1/3 2/3 1/2
        nickel-tin | 194 | 0.80 | A 1/3 2/3 1/4 | B 0.833 0.666 1/4
        sodium-arsenide | 194 | 1.77 | A 1/3 2/3 1/4 | B 0 0 1/4 | B 1/3 2/3 0.583
        zirconium-beryllium-silicide | 194 | 1.96 | A 0 0 0 | B 1/3 2/3 1/4 | C 1/3 2/3 3/4
        barium-nickelate | 194 | 0.855 | A 1/3 2/3 3/4 | B 0 0 0 | C 0.152 0.304 1/4
        tungsten-carbide | 187 | 0.976 | A 0 0 0 | B 1/3 2/3 1/2
        zirconium-nickel-aluminide | 189 | 0.50 | A 0.591 0 0 | B 0.250 0 1/2 | C 0 0 1/2 | C 1/3 2/3 0
        barium-platinum-antimonide | 187 | 1.08 | A 0 0 0 | B 1/3 2/3 1/2 | C 2/3 1/3 1/2
        wurtzite | 186 | 1.61 | A 1/3 2/3 0 | B 1/3 2/3 0.382
        lithium-gallium-germanide | 186 | 1.62 | A 0 0 0.25 | B 1/3 2/3 0.44 | C 1/3 2/3 0.06
        beta-quartz | 180 | 1.09 | A 1/2 0 0 | B 0.208 0.416 1/2
        chromium-disilicide | 180 | 1.44 | A 1/2 0 1/2 | B 0.166 0.332 1/2
        uranium-trichloride | 176 | 0.58 | A 1/3 2/3 1/4 | B 0.387 0.302 1/4
        arsenic | 166 | 2.80 | A 0 0 0.227
        cadmium-iodide | 164 | 1.61 | A 0 0 0 | B 1/3 2/3 0.250
        cadmium-chloride | 166 | 4.54 | A 0 0 0 | B 0 0 0.252
        delafossite | 166 | 5.65 | A 0 0 0 | B 0 0 1/2 | C 0 0 0.107
        alpha-sodium-ferrite | 166 | 5.30 | A 0 0 0 | B 0 0 1/2 | C 0 0 0.234
        aluminium-trifluoride | 167 | 2.53 | A 0 0 0 | B 0.43 0 1/4
        rhombohedral-perovskite | 167 | 2.45 | A 0 0 1/4 | B 0 0 0 | C 0.55 0 1/4
        calcite | 167 | 3.42 | A 0 0 0 | B 0 0 1/4 | C 0.257 0 1/4
        corundum | 167 | 2.73 | A 0 0 0.352 | B 0.306 0 1/4
        lanthanum-sesquioxide | 164 | 1.56 | A 1/3 2/3 0.247 | B 1/3 2/3 0.647 | B 0 0 0
        tetradymite | 166 | 6.94 | A 0 0 0.400 | B 0 0 0 | B 0 0 0.211
        germanium-telluride | 160 | 2.56 | A 0 0 0 | B 0 0 0.530
        molybdenite-3r | 160 | 5.80 | A 0 0 0 | B 0 0 0.248 | B 0 0 0.419
        polar-rhombohedral-perovskite | 160 | 1.23 | A 0 0 0 | B 0 0 0.53 | C 1/6 -1/6 0.31
        lithium-niobate | 161 | 2.69 | A 0 0 0.279 | B 0 0 0 | C 0.049 0.345 0.065
        selenium | 152 | 1.20 | A 0.240 0 1/3
        cinnabar | 152 | 2.29 | A 0.720 0 1/3 | B 0.489 0 5/6
        alpha-quartz | 154 | 1.10 | A 0.470 0 2/3 | B 0.414 0.267 0.786
        bismuth-triiodide | 148 | 2.75 | A 0 0 0.167 | B 0.342 0.340 0.081
        ilmenite | 148 | 2.77 | A 0 0 0.355 | B 0 0 0.146 | C 0.317 0.023 0.245
        white-tin | 141 | 0.546 | A 0 3/4 1/8
        indium | 139 | 1.52 | A 0 0 0
        l1_0 | 123 | 1.31 | A 0 0 0 | B 1/2 1/2 1/2
        litharge | 129 | 1.26 | A 1/4 1/4 0.238 | B 3/4 1/4 0
        rutile | 136 | 0.644 | A 0 0 0 | B 0.305 0.305 0
        anatase | 141 | 2.51 | A 0 3/4 1/8 | B 0 1/4 0.083
        molybdenum-disilicide | 139 | 2.45 | A 0 0 0 | B 0 0 0.335
        titanium-trialuminide | 139 | 2.23 | A 0 0 0 | B 0 0 1/2 | B 0 1/2 1/4
        matlockite | 129 | 1.76 | A 1/4 1/4 0.206 | B 3/4 1/4 0 | C 1/4 1/4 0.649
        zircon | 141 | 0.905 | A 0 3/4 1/8 | B 0 1/4 3/8 | C 0 0.066 0.195
        potassium-nickel-fluoride | 139 | 3.27 | A 0 0 0 | B 0 0 0.353 | C 0 1/2 0 | C 0 0 0.151
        chalcopyrite | 122 | 1.97 | A 0 0 0 | B 0 0 1/2 | C 0.257 1/4 1/8
        lead-titanate | 99 | 1.06 | A 0 0 0 | B 1/2 1/2 0.538 | C 1/2 1/2 0.112 | C 1/2 0 0.617
        tantalum-arsenide | 109 | 3.39 | A 0 0 0 | B 0 0 0.417
        alpha-cristobalite | 92 | 1.39 | A 0.300 0.300 0 | B 0.239 0.104 0.179
        scheelite | 88 | 2.17 | A 0 1/4 5/8 | B 0 1/4 1/8 | C 0.151 0.009 0.211
        boron-phosphate | 82 | 1.53 | A 0 0 0 | B 0 1/2 1/4 | C 0.138 0.260 0.131
        thiogallate | 82 | 1.80 | A 0 0 0 | B 0 0 1/2 | B 0 1/2 1/4 | C 0.27 0.26 0.14
        alpha-uranium | 63 | 2.06 1.74 | A 0 0.1025 1/4
        black-phosphorus | 64 | 3.16 1.32 | A 0 0.102 0.081
        manganese-phosphide | 62 | 0.603 1.126 | A 0.005 1/4 0.197 | B 0.188 1/4 0.569
        chromium-boride | 63 | 2.65 0.988 | A 0 0.146 1/4 | B 0 0.440 1/4
        gold-cadmium | 51 | 0.662 1.021 | A 1/4 0 0.313 | B 1/4 1/2 0.812
        marcasite | 58 | 1.22 0.762 | A 0 0 0 | B 0.200 0.378 0
        cotunnite | 62 | 0.602 1.198 | A 0.246 1/4 0.115 | B 0.143 1/4 0.427 | B 0.029 1/4 0.838
        titanium-nickel-silicide | 62 | 0.597 1.141 | A 0.021 1/4 0.180 | B 0.142 1/4 0.561 | C 0.765 1/4 0.623
        orthorhombic-perovskite | 62 | 1.37 0.953 | A 0.063 1/4 0.984 | B 0 0 1/2 | C 0.467 1/4 0.101 | C 0.302 0.050 0.696
        tungsten-ditelluride | 31 | 1.80 4.03 | A 0 0.601 0.500 | A 0 0.040 0.015 | B 0 0.858 0.655 | B 0 0.646 0.111 | B 0 0.298 0.860 | B 0 0.207 0.404
        sodium-nitrite | 44 | 1.51 1.56 | A 0 0 0.585 | B 0 0 0.120 | C 0 0.194 0
        polar-orthorhombic-perovskite | 38 | 1.42 1.425 | A 0 0 0 | B 1/2 0 0.53 | C 0 0 0.48 | C 1/2 0.255 0.225
        tenorite | 15 | 0.731 1.095 99.5 | A 1/4 1/4 0 | B 0 0.418 1/4
        baddeleyite | 14 | 1.012 1.032 99.2 | A 0.275 0.040 0.208 | B 0.070 0.332 0.345 | B 0.450 0.757 0.479
        calaverite | 12 | 0.612 0.705 92 | A 0 0 0 | B 0.69 0 0.29
        potassium-iron-sulfide | 15 | 1.60 0.761 113 | A 0 0.357 1/4 | B 0 0.997 1/4 | C 0.196 0.111 0.107
        wolframite | 13 | 1.20 1.05 92 | A 1/2 0.679 1/4 | B 0 0.181 1/4 | C 0.216 0.107 0.583 | C 0.262 0.385 0.091
        """;
}
