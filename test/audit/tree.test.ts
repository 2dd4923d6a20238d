import { createHash } from 'node:crypto';
import { EMPTY_ROOT, consistencyPath, inclusionPath, rootAt, rootOfComplete } from '../../src/audit/tree';
import { GrowingTree } from '../../src/verify/hashes';

/* The reference tree of RFC 6962's own implementation (google/certificate-transparency, merkle_tree_test): inputs, roots, paths. */
const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const [H0, H1] = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
];
/** leaf, size, path */
const INCLUSION: [number, number, string[]][] = [
  [0, 1, []],
  [0, 8, [H0, H1, '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
  [
    ...[5, 8],
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ] as [number, number, string[]],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    ...[1, 5],
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      H1,
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ] as [number, number, string[]],
];
/** from, to, path */
const CONSISTENCY: [number, number, string[]][] = [
  [1, 1, []],
  [1, 8, [H0, H1, '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
  [
    ...[6, 8],
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ] as [number, number, string[]],
  [2, 5, [H1, 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
];

const leaves = INPUTS.map((hex) =>
  createHash('sha256')
    .update(Buffer.from(`00${hex}`, 'hex'))
    .digest(),
);
const nodeAt = async (level: number, index: number) =>
  rootOfComplete(leaves.slice(index * 2 ** level, (index + 1) * 2 ** level));
const hex = (path: readonly Buffer[]) => path.map((hash) => hash.toString('hex'));

describe('the tree of the log, on the vectors of RFC 6962', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    'has at size %i the root of both programs',
    async (size, root) => {
      const growing = new GrowingTree();
      leaves.slice(0, size).forEach((leaf) => growing.add(leaf));
      expect([(await rootAt(size, nodeAt)).toString('hex'), growing.root()]).toEqual([root, root]);
    },
  );

  it.each(INCLUSION)('proves that leaf %i is in the tree of %i', async (leaf, size, path) => {
    expect(hex(await inclusionPath(leaf, size, nodeAt))).toEqual(path);
  });

  it.each(CONSISTENCY)('proves that the tree of %i grew to %i', async (from, to, path) => {
    expect(hex(await consistencyPath(from, to, nodeAt))).toEqual(path);
  });

  it('is SHA-256 of nothing while it is empty', () => expect(EMPTY_ROOT.toString('hex')).toBe(ROOTS[0]));
});
