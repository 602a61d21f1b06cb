// How large a page is: beside the drawing it holds what is known, and what the reader can do.
'use strict';
const fs = require('node:fs');
const {assert, draw, LLAMA, QUICKSTART, test, VIEWS} = require('./browser.cjs');

const size = (...asked) => fs.statSync(draw(...asked)).size;

for (const [name, file] of [['Llama', LLAMA], ['the quickstart', QUICKSTART]]) for (const view of VIEWS) {
    test(`${view} of ${name}`, () => {
        const page = size(file, view), svg = size(file, view, 'svg');
        assert.ok(page < 1.5 * svg + 60000, `${page} bytes, ${svg} of the SVG`);
    });
}
