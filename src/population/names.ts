import type { Random } from './random';

type People = 'HAN' | 'MONGOLIAN' | 'ZHUANG' | 'HUI' | 'YAO' | 'OTHER';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Who lives where, roughly: shares in a hundred. */
const SHARES: Record<'15' | '45', readonly (readonly [People, number])[]> = {
  '15': [
    ['HAN', 76],
    ['MONGOLIAN', 18],
    ['HUI', 3],
    ['OTHER', 3],
  ],
  '45': [
    ['HAN', 60],
    ['ZHUANG', 32],
    ['YAO', 4],
    ['HUI', 1],
    ['OTHER', 3],
  ],
};

const SURNAMES: Record<Exclude<People, 'MONGOLIAN'>, readonly string[]> = {
  HAN: words(`王 李 张 刘 陈 杨 赵 黄 周 吴 徐 孙 胡 朱 高 林 何 郭 马 罗 梁 宋 郑 谢 韩 唐 冯 于 董 萧 程 曹 袁 邓 许 傅 沈 曾 彭 吕
    苏 卢 蒋 蔡 贾 丁 魏 薛 叶 阎 余 潘 杜 戴 夏 钟 汪 田 任 姜 范 方 石 姚 谭 廖 邹 熊 金 陆 郝 孔 白 崔 康 毛 邱 秦 江 史 顾 侯 邵 孟 龙 万 段
    欧阳 上官 司马 诸葛 尉迟`),
  ZHUANG: words('韦 黄 覃 蒙 农 莫 陆 兰 卢 岑 侬 闭 零 甘 苏 潘 梁 罗 石 玉'),
  HUI: words('马 白 丁 沙 哈 穆 海 撒 虎 纳 剪 妥'),
  YAO: words('盘 赵 邓 李 沈 雷 蓝 冯 凤 包 奉'),
  OTHER: words('敖 鄂 孟 杜 吴 莫 郭 涂 何 沃 索 苏 金 侬 谭 银 廖 杨 龙'),
};

/** Given names; the rare characters (some beyond the basic plane) are those that break careless programs. */
const GIVEN =
  words(`伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 兰 霞 平 刚 桂英 秀兰 建国 建华 玉兰 桂花 志强 海燕 晓东 春梅 国庆 雪梅 文静 子涵 雨桐
  浩然 梓萱 一诺 宇轩 欣怡 思远 天佑 小妹 达 妹 金花 凤英 家豪 嘉怡 永福 福寿 长生 胜利 援朝 卫东 红梅 喆 玥 赟 翀 昇 淼 焱 堃`);
const RARE = words('𠅤 䶮 㛃 㬎 𬭎 𫍯 𪻐 𫖮 𬱖 䴙 㵟 𡎚 明𬭎 小䶮 玉㛃 文𫖮');

const MONGOLIAN =
  words(`巴图 苏和 其其格 萨仁 乌云 娜仁 格日勒 朝鲁 布和 额尔敦 孟根 哈斯 斯琴 阿拉坦 巴雅尔 敖登 那顺 宝音 呼和 塔娜
  乌兰 吉日嘎拉 特木尔 达来 其木格 高娃 托娅 德力格尔 图雅 满都拉 恩和 毕力格 萨日娜 苏日娜 额尔德尼 朝克图 牧仁 阿古拉 娜日苏 海日汗`);

/** What the members of a family share in their names. */
export interface FamilyName {
  readonly people: People;
  /** Surname; for Mongolians the father's name that stands before the middle dot. */
  readonly first: string;
}

export function familyName(region: '15' | '45', random: Random): FamilyName {
  const people = random.weighted(SHARES[region]);
  return { people, first: random.pick(people === 'MONGOLIAN' ? MONGOLIAN : SURNAMES[people]) };
}

/** A name in normal form (NFKC, no spaces, U+00B7 as the middle dot). */
export function personName({ people, first }: FamilyName, random: Random): string {
  if (people === 'MONGOLIAN') return random.chance(0.7) ? `${first}·${random.pick(MONGOLIAN)}` : random.pick(MONGOLIAN);
  if (random.chance(0.03)) return first + random.pick(RARE);
  const given = random.pick(GIVEN);
  return first + (given.length === 1 && random.chance(0.4) ? given + random.pick(GIVEN).slice(0, 1) : given);
}
