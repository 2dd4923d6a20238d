/**
 * 异体: characters that stand for one another in names, beside what Unicode (NFKC) and 繁简 conversion already make one. The first
 * of a word is the common form. From 第一批异体字整理表 (1955) and the 通用规范汉字表 (2013), which lets some of them stand in names again.
 */
const GROUPS = `哲喆 坤堃 升昇陞 村邨 群羣 峰峯 睿叡 浚濬 秘祕 床牀 凌淩 真眞 慎愼 德徳悳 宝寳 青靑 苏甦 晰晳 和龢 岩巖嵒 勋勛勳 昆崑崐 仑崙 略畧
  梅楳槑 乃迺廼 年秊 栖棲 启啓啟 强彊 蕊蘂蕋 窗窻牕 溪谿 仙僊 弦絃 绣繡 姻婣 岳嶽 韵韻 珍珎 志誌 咏詠 涌湧 游遊 玩翫 碗盌 闫閆 璇璿 琅瑯
  瑰瓌 耀燿 辉煇 焰燄 钟锺鍾鐘 渊淵 昂昻 晋晉 亘亙 冰氷 凉涼 净淨 回囘 杰傑 杯盃 翱翺 皋皐 娴嫻 淳湻 雕鵰 彩綵 灯燈`;

/** What each variant is counted as; the common form stands for itself. */
export const VARIANTS: ReadonlyMap<string, string> = new Map(
  GROUPS.split(/\s+/).flatMap((group) => {
    const [common, ...others] = [...group];
    return others.map((other) => [other, common!] as const);
  }),
);
