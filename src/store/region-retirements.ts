/**
 * Divisions of the two regions that were abolished or recoded: numbers of people born there still begin with their codes.
 * Names and codes after GB/T 2260 as it stood before the change; the test holds them against an independent copy.
 *
 * UNVERIFIED: the day of each change below the year (we give the day of approval where it is well known, else the first of
 * January of the year after); every `validFrom` of a retired division; that 城北区 and 永新区 went to 西乡塘区 whole.
 * 地区 (45 21, 22, 24, 26, 27) are no `divisionKind`: their counties stand under the region itself.
 */
export interface Retirement {
  /** Parent the divisions stood under. */
  readonly parent: string;
  /** First day on which the code is no longer in force. */
  readonly until: string;
  /** One division a line: code, name, kind, successor. */
  readonly divisions: string;
}

export const RETIREMENTS: readonly Retirement[] = [
  { parent: '15', until: '2001-10-10', divisions: '1521 呼伦贝尔盟 LEAGUE 1507' },
  { parent: '15', until: '1999-01-13', divisions: '1523 哲里木盟 LEAGUE 1505' },
  { parent: '15', until: '2003-12-01', divisions: '1526 乌兰察布盟 LEAGUE 1509' },
  { parent: '15', until: '2001-02-26', divisions: '1527 伊克昭盟 LEAGUE 1506' },
  { parent: '15', until: '2003-12-01', divisions: '1528 巴彦淖尔盟 LEAGUE 1508' },
  {
    parent: '1521',
    until: '2001-10-10',
    divisions: `
      152101 海拉尔市 COUNTY_CITY 150702
      152102 满洲里市 COUNTY_CITY 150781
      152103 扎兰屯市 COUNTY_CITY 150783
      152104 牙克石市 COUNTY_CITY 150782
      152105 根河市 COUNTY_CITY 150785
      152106 额尔古纳市 COUNTY_CITY 150784
      152122 阿荣旗 BANNER 150721
      152123 莫力达瓦达斡尔族自治旗 AUTONOMOUS_COUNTY 150722
      152127 鄂伦春自治旗 AUTONOMOUS_COUNTY 150723
      152128 鄂温克族自治旗 AUTONOMOUS_COUNTY 150724
      152129 新巴尔虎右旗 BANNER 150727
      152130 新巴尔虎左旗 BANNER 150726
      152131 陈巴尔虎旗 BANNER 150725`,
  },
  {
    parent: '1523',
    until: '1999-01-13',
    divisions: `
      152301 通辽市 COUNTY_CITY 150502
      152302 霍林郭勒市 COUNTY_CITY 150581
      152322 科尔沁左翼中旗 BANNER 150521
      152323 科尔沁左翼后旗 BANNER 150522
      152324 开鲁县 COUNTY 150523
      152325 库伦旗 BANNER 150524
      152326 奈曼旗 BANNER 150525
      152327 扎鲁特旗 BANNER 150526`,
  },
  {
    parent: '1526',
    until: '2003-12-01',
    divisions: `
      152601 集宁市 COUNTY_CITY 150902
      152602 丰镇市 COUNTY_CITY 150981
      152624 卓资县 COUNTY 150921
      152625 化德县 COUNTY 150922
      152626 商都县 COUNTY 150923
      152627 兴和县 COUNTY 150924
      152629 凉城县 COUNTY 150925
      152630 察哈尔右翼前旗 BANNER 150926
      152631 察哈尔右翼中旗 BANNER 150927
      152632 察哈尔右翼后旗 BANNER 150928
      152634 四子王旗 BANNER 150929`,
  },
  {
    parent: '1527',
    until: '2001-02-26',
    divisions: `
      152701 东胜市 COUNTY_CITY 150602
      152722 达拉特旗 BANNER 150621
      152723 准格尔旗 BANNER 150622
      152724 鄂托克前旗 BANNER 150623
      152725 鄂托克旗 BANNER 150624
      152726 杭锦旗 BANNER 150625
      152727 乌审旗 BANNER 150626
      152728 伊金霍洛旗 BANNER 150627`,
  },
  {
    parent: '1528',
    until: '2003-12-01',
    divisions: `
      152801 临河市 COUNTY_CITY 150802
      152822 五原县 COUNTY 150821
      152823 磴口县 COUNTY 150822
      152824 乌拉特前旗 BANNER 150823
      152825 乌拉特中旗 BANNER 150824
      152826 乌拉特后旗 BANNER 150825
      152827 杭锦后旗 BANNER 150826`,
  },
  {
    parent: '45',
    until: '2003-01-01',
    divisions: `
      452101 凭祥市 COUNTY_CITY 451481
      452122 横县 COUNTY 450127
      452123 宾阳县 COUNTY 450126
      452124 上林县 COUNTY 450125
      452126 隆安县 COUNTY 450123
      452127 马山县 COUNTY 450124
      452128 扶绥县 COUNTY 451421
      452129 崇左县 COUNTY 451402
      452130 大新县 COUNTY 451424
      452131 天等县 COUNTY 451425
      452132 宁明县 COUNTY 451422
      452133 龙州县 COUNTY 451423`,
  },
  {
    parent: '45',
    until: '2003-01-01',
    divisions: `
      452201 合山市 COUNTY_CITY 451381
      452223 鹿寨县 COUNTY 450223
      452224 象州县 COUNTY 451322
      452225 武宣县 COUNTY 451323
      452226 来宾县 COUNTY 451302
      452227 融安县 COUNTY 450224
      452228 三江侗族自治县 AUTONOMOUS_COUNTY 450226
      452229 融水苗族自治县 AUTONOMOUS_COUNTY 450225
      452230 金秀瑶族自治县 AUTONOMOUS_COUNTY 451324
      452231 忻城县 COUNTY 451321`,
  },
  {
    parent: '45',
    until: '2002-06-18',
    divisions: `
      452402 贺州市 COUNTY_CITY 451102
      452424 昭平县 COUNTY 451121
      452427 钟山县 COUNTY 451122
      452428 富川瑶族自治县 AUTONOMOUS_COUNTY 451123`,
  },
  {
    parent: '45',
    until: '2002-06-02',
    divisions: `
      452601 百色市 COUNTY_CITY 451002
      452622 田阳县 COUNTY 451021
      452623 田东县 COUNTY 451022
      452624 平果县 COUNTY 451023
      452625 德保县 COUNTY 451024
      452626 靖西县 COUNTY 451025
      452627 那坡县 COUNTY 451026
      452628 凌云县 COUNTY 451027
      452629 乐业县 COUNTY 451028
      452630 田林县 COUNTY 451029
      452631 隆林各族自治县 AUTONOMOUS_COUNTY 451031
      452632 西林县 COUNTY 451030`,
  },
  {
    parent: '45',
    until: '2002-06-18',
    divisions: `
      452701 河池市 COUNTY_CITY 451202
      452702 宜州市 COUNTY_CITY 451281
      452723 罗城仫佬族自治县 AUTONOMOUS_COUNTY 451225
      452724 环江毛南族自治县 AUTONOMOUS_COUNTY 451226
      452725 南丹县 COUNTY 451221
      452726 天峨县 COUNTY 451222
      452727 凤山县 COUNTY 451223
      452728 东兰县 COUNTY 451224
      452729 巴马瑶族自治县 AUTONOMOUS_COUNTY 451227
      452730 都安瑶族自治县 AUTONOMOUS_COUNTY 451228
      452731 大化瑶族自治县 AUTONOMOUS_COUNTY 451229`,
  },
  { parent: '4501', until: '2004-09-15', divisions: '450104 城北区 DISTRICT 450107' },
  { parent: '4501', until: '2004-09-15', divisions: '450106 永新区 DISTRICT 450107' },
  { parent: '4501', until: '2004-09-15', divisions: '450121 邕宁县 COUNTY 450109' },
  { parent: '4501', until: '2015-02-16', divisions: '450122 武鸣县 COUNTY 450110' },
  { parent: '4501', until: '2021-02-03', divisions: '450127 横县 COUNTY 450181' },
  { parent: '4502', until: '2016-03-20', divisions: '450221 柳江县 COUNTY 450206' },
  { parent: '4503', until: '2013-01-18', divisions: '450322 临桂县 COUNTY 450312' },
  { parent: '4503', until: '2018-07-02', divisions: '450331 荔浦县 COUNTY 450381' },
  { parent: '4504', until: '2013-02-08', divisions: '450404 蝶山区 DISTRICT 450403' },
  { parent: '4510', until: '2019-12-06', divisions: '451021 田阳县 COUNTY 451003' },
  { parent: '4510', until: '2019-12-06', divisions: '451023 平果县 COUNTY 451082' },
  { parent: '4510', until: '2015-08-01', divisions: '451025 靖西县 COUNTY 451081' },
  { parent: '4512', until: '2016-12-06', divisions: '451281 宜州市 COUNTY_CITY 451203' },
];
