/**
 * For a process that runs from source: lazy imports are written as Node resolves them once compiled ('./x.js'), and the file
 * is './x.ts' still. Plain JavaScript, because it is loaded before anything can be compiled.
 */
const Module = require('node:module');

const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  try {
    return resolve.call(this, request, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    return resolve.call(this, request.slice(0, -'.js'.length), ...rest);
  }
};
