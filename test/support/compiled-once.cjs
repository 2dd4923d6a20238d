const vm = require('node:vm');

/**
 * A worker compiles a module once, not once a test file. Jest has V8 compile each module as a function of its own, of which V8
 * keeps nothing; the same text as a script is kept, and run anew in the context of each file. With 4,000 modules in a whole
 * hub that is a second a file. No module here is loaded by a dynamic import (jest.config.js), so that its hook is not missed.
 */
const { compileFunction } = vm;
const compiled = new Map();

vm.compileFunction = (source, parameters, options) => {
  const { filename, parsingContext } = options;
  if (!parsingContext) return compileFunction(source, parameters, options);
  const head = `(function (${parameters.join()}) {`;
  const text = `${head}${source}\n})`;
  const known = compiled.get(filename);
  const script = known?.text === text ? known.script : new vm.Script(text, { filename, columnOffset: -head.length });
  compiled.set(filename, { text, script });
  return script.runInContext(parsingContext);
};
