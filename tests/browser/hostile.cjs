// Names, notes and all other texts that are made to break out: they are drawn and told as they are, and do nothing.
'use strict';
const fs = require('node:fs');
const {assert, check, draw, folder, path, SOURCE, VIEWS} = require('./browser.cjs');

const CASES = path.join(SOURCE, 'tests/cases');
const texts = fs.readdirSync(CASES).filter(name => /^hostile-/.test(name) && fs.existsSync(path.join(CASES, name, 'text.json')))
    .map(name => [name, JSON.parse(fs.readFileSync(path.join(CASES, name, 'text.json'), 'utf8'))]);
texts.push(['image', '<img src=x onerror=alert(1)><iframe srcdoc="<script>alert(1)</script>">'], ['style', '</style><style>@import "https://example.org/x.css"; *{background:url(https://example.org/x)}'],
    ['foreign', '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)">'], ['template', '${alert(1)}{{constructor.constructor("alert(1)")()}}'], ['proto', '__proto__'],
    ['address', '#person=p&look=dark'], ['base', '<base href="https://example.org/"><meta http-equiv="refresh" content="0;url=https://example.org/">']);

function write(name, text) {
    const file = path.join(folder, `${name}.json`), source = {sources: ['s'], note: text};
    fs.writeFileSync(file, JSON.stringify({
        orgflow: 1, title: text, subtitle: text,
        sources: {s: {title: text, publisher: text, author: text, date: '2020', note: text, url: 'https://example.org/?a=\'"<b>&%22'}, t: {title: text, publisher: text}},
        strategies: {s1: {name: text, ...source}, s2: {name: text + '.', note: text}},
        labs: {parent: {name: text, long_name: text, kind: text, country: text, ...source}, a: {name: text + 'a', parent: 'parent', strategy: 's1'}, b: {name: text + 'b'}},
        groups: {g: {name: text, note: text}},
        people: {p: {name: text, lab: 'a', since: '2019', role: text, groups: ['g'], ...source}, q: {name: text + 'q', stints: [{lab: 'b', from: '2019', role: text, ...source}]}},
        events: [
            {id: 'e1', date: '2020', type: 'move', people: ['p'], from: 'a', to: 'b', role: text, title: text, ...source, accounts: [{date: '2020-02', to: 'parent', ...source}]},
            {id: 'e2', date: '2020-06', type: 'shift', lab: 'a', to: 's2', because: ['e1'], title: text, ...source},
            {id: 'e3', date: '2021', type: 'release', lab: 'b', title: text, because: ['e2'], ...source},
            {id: 'e4', date: '2021-02', type: 'rename', lab: 'a', name: text + '.', ...source},
            {date: '2021-03', type: 'transfer', what: text, from: 'a', to: 'b', because: ['e3'], ...source},
        ],
        claims: [{text, group: 'g', lab: 'b', at: '2021', count: 1, ...source}, {text, person: 'p', lab: 'b', at: '2021', count: 1, ...source}],
        views: VIEWS.map(view => ({id: view, type: view, ...view === 'retention' ? {group: ['g']} : {}, callouts: [{lab: 'b', text}, {event: 'e3', text}, {person: 'p', text}]})),
    }));
    return file;
}

// Without blanks, and without what has no ink: signs that direct writing are taken out or closed.
const packed = text => text.replace(/[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]/g, '');

for (const [name, text] of texts) {
    check(name, () => draw(write(name, text)), {}, async page => {
        let told = 0;
        const sections = await page.locator('.view').count();
        assert.equal(sections, VIEWS.length);
        for (const view of VIEWS) {
            await page.evaluate(wanted => { location.hash = `#view=${wanted}`; }, view);
            await page.waitForFunction(wanted => !document.getElementById(`view-${wanted}`).hidden, view);
            assert.equal(packed(await page.locator('.view:not([hidden]) h1').textContent()), packed(text));
            for (const ref of ['person=p', 'lab=b', 'event=e1', 'strategy=s1']) {
                await page.evaluate(wanted => new Promise(done => { // the page's own listener comes before this one
                    addEventListener('hashchange', done, {once: true});
                    location.hash = wanted;
                }), `#view=${view}&${ref}`);
                if (!await page.locator('.card').isVisible()) continue;
                assert.ok(packed(await page.locator('.card').textContent()).includes(packed(text)), `${view} ${ref}`);
                told++;
            }
        }
        assert.ok(told > 20, `${told} cards`);
        await page.locator('#search').fill(text.slice(0, 200));
        assert.ok(await page.locator('.found button').count() > 0);
        const foreign = await page.evaluate(() => [...document.querySelectorAll('*')].map(element => element.localName)
            .filter(name => ['img', 'iframe', 'object', 'embed', 'base', 'foreignObject', 'image', 'use', 'b', 'table', 'form'].includes(name)));
        assert.deepEqual(foreign, []);
        assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('*')].flatMap(element => [...element.attributes]).map(attribute => attribute.name).filter(name => /^on/.test(name))), []);
        assert.equal(await page.locator('script').count(), 2);
    });
}
