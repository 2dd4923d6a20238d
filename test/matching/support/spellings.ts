/**
 * How one name comes to be written in two ways. By hand, from dictionaries: not from the tables the matcher uses. Each list gives the
 * character of the name lists of `src/population/names` first.
 */
const pairs = (text: string): ReadonlyMap<string, readonly string[]> =>
  new Map(
    text
      .trim()
      .split(/\s+/)
      .map((group) => [...group])
      .map(([first, ...others]) => [first!, others]),
  );

/** 繁体 and 异体. */
export const VARIANTS =
  pairs(`刘劉 张張 陈陳 杨楊 赵趙 黄黃 吴吳 孙孫 马馬 罗羅 郑鄭 谢謝 韩韓 冯馮 萧蕭 邓鄧 许許 吕呂 苏蘇 卢盧 蒋蔣 贾賈 叶葉
  阎閻 钟鍾 谭譚 邹鄒 陆陸 龙龍 万萬 顾顧 伟偉 丽麗 强強 军軍 艳艷 涛濤 兰蘭 刚剛 国國 华華 晓曉 东東 庆慶 静靜 轩軒 远遠 凤鳳 胜勝 卫衛 红紅 赟贇
  昇升 喆哲 堃坤 乌烏 云雲 额額 尔爾 宝寶 韦韋 蓝藍 温溫 娱娛 长長 寿壽 永永 图圖 兴興 达達 银銀 杰傑 爱愛 怀懷 䶮龑 𬭎鋐 𫖮顗 𬱖頠`);

/** Another character of the same sound, tones aside. */
export const HOMOPHONES =
  pairs(`王汪 张章 于余 付傅 傅付 萧肖 邱丘 魏卫 江姜 程成 吴武 徐许 石时 高郜 贾甲 伟玮炜 芳方 敏闵 静靖婧 丽莉俪 军君均 洋阳扬
  勇永咏 艳燕彦 杰洁捷 娟鹃 涛滔韬 明铭鸣 兰岚蓝 霞侠 平萍苹 刚钢 英瑛 秀绣 国帼 华桦 玉育钰 志智 海亥 晓小筱 东冬 春椿 梅玫 雪血 文雯 子梓 涵晗 雨宇语
  桐彤童 浩昊皓 萱轩 欣新心馨 怡宜仪 思斯 远苑 凤奉 家嘉佳 长常 生声 胜盛 红宏虹 超抄 磊蕾 强墙 建健 花华 燕艳 庆罄 卫为 妹媚 达答 巴芭 图涂 和河 萨撒 仁人
  云芸 娜那 其奇 格革 日驲 勒肋`);

/** A sound that southern dictation confuses with it. */
export const NEAR = pairs(
  `陈程 林凌 金经 秦情 宁林 兰南 丽妮 军俊 雪学 诗思 志自 生森 春村 昌仓 刘牛 李尼 梁娘 罗挪 零林 英音 静进 平贫 明民 庆沁 胜渗`,
);
