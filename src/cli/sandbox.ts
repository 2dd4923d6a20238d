import { Option, type Command } from 'commander';
import { loadConfig } from '../config';
import { controlClient, SandboxAway, type AgencyState } from '../exchange/sandbox/control-client';
import { readControlAddress } from '../exchange/sandbox/control-file';
import { MODES, type BehaviourChange, type Mode } from '../exchange/sandbox/mode';

interface SetOptions {
  mode?: Mode;
  delay?: string;
  slow?: string;
  drip?: string;
  ready?: string;
}

/** `hub sandbox set <agency> …` and `hub sandbox status`: the switches of a sandbox that runs in another process. */
export function registerSandbox(program: Command): void {
  const sandbox = program.command('sandbox').description('沙箱来源部门：查看状态，切换故障模式');
  sandbox
    .command('set')
    .description('改变一个来源部门的表现，立即生效（各模式含义见 hub sandbox modes）')
    .argument('<agency>', '来源名，如 vehicle（全部见 hub sandbox status）')
    .addOption(new Option('--mode <mode>', '故障模式').choices(MODES))
    .option('--delay <ms>', '每次应答前的延时（毫秒）')
    .option('--slow <ms>', 'slow 模式的延时（毫秒）')
    .option('--drip <ms>', 'drip 模式每字节间隔（毫秒）')
    .option('--ready <ms>', '延时受理的批次多久办结（毫秒）')
    .action((agency: string, options: SetOptions) =>
      withControl(async (control) => print({ [agency]: await control.set(agency, changeOf(options)) })),
    );
  sandbox
    .command('status')
    .description('各来源部门的模式、延时和被询问次数')
    .option('--json', '以 JSON 输出')
    .action(({ json }: { json?: boolean }) =>
      withControl(async (control) => {
        const states = await control.states();
        if (json) process.stdout.write(`${JSON.stringify(states)}\n`);
        else print(states);
      }),
    );
  sandbox
    .command('modes')
    .description('每种故障模式对各来源部门意味着什么')
    .argument('[agency]', '只看一个来源部门')
    .action(async (agency?: string) => {
      const { modeTable } = await import('./modes-page.js');
      const { agencies, rows } = await modeTable();
      for (const { mode, meanings } of rows)
        agencies.forEach((name, at) => {
          if (!agency || name === agency) process.stdout.write(`${mode.padEnd(15)}${name.padEnd(16)}${meanings[at]}\n`);
        });
    });
}

function changeOf({ mode, delay, slow, drip, ready }: SetOptions): BehaviourChange {
  const times = { delayMs: delay, slowMs: slow, dripMs: drip, readyAfterMs: ready };
  const given = Object.entries(times).filter(([, text]) => text !== undefined);
  return { ...(mode && { mode }), ...Object.fromEntries(given.map(([name, text]) => [name, Number(text)])) };
}

async function withControl(act: (control: ReturnType<typeof controlClient>) => Promise<void>): Promise<void> {
  try {
    const address = readControlAddress(loadConfig().dataDir);
    if (!address) throw new SandboxAway();
    await act(controlClient(address));
  } catch (err) {
    process.stderr.write(`${(err as Error).message}\n`);
    process.exitCode = 1;
  }
}

function print(states: Readonly<Record<string, AgencyState>>): void {
  for (const [agency, { mode, delayMs, counts }] of Object.entries(states)) {
    const asked = `被询问 ${counts.calls} 次、${counts.people} 人次，拒绝 ${counts.refused} 次`;
    process.stdout.write(`${agency.padEnd(16)}${mode.padEnd(11)}延时 ${delayMs} ms  ${asked}\n`);
  }
}
