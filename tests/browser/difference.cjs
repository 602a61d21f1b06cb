// The page of a difference: before, difference and after on one slider, and the list of changes, each with its place in the drawing.
'use strict';
const fs = require('node:fs');
const {spawnSync} = require('node:child_process');
const {assert, axe, check, folder, hash, open, path, settled, SOURCE, tabTo, test, VIEWS} = require('./browser.cjs');

const OLD = path.join(SOURCE, 'tests/data/llama-2025-05.yaml'), NEW = path.join(SOURCE, 'tests/data/llama-2025-12.yaml');
const compared = new Map();

// The path of the page that compares two files; it ends with the status of what was found.
function compare(from, to, view, status = 1, ...options) {
    const key = [from, to, view, ...options].join('\n');
    if (!compared.has(key)) {
        const out = path.join(folder, `difference-${compared.size}.html`);
        const done = spawnSync(process.env.ORGFLOW, ['diff', '-q', from, to, ...view ? ['-v', view] : [], '-f', 'html', '-o', out, ...options], {stdio: ['ignore', 'inherit', 'inherit']});
        assert.equal(done.status, status);
        compared.set(key, out);
    }
    return compared.get(key);
}

const llama = view => () => compare(OLD, NEW, view);
const slider = page => page.locator('.view:not([hidden]) .revision input');
const row = (page, id) => page.locator(`#changes li[data-change="${id}"]`);

// The words that are seen in the drawing.
async function seen(page) {
    await settled(page);
    return page.evaluate(() => [...document.querySelectorAll('.view:not([hidden]) .stage svg > g text')].filter(text => {
        const style = getComputedStyle(text.closest('svg > g'));
        return style.visibility === 'visible' && Number(style.opacity) > 0.05;
    }).map(text => text.textContent));
}

// How many elements of what the slider shows have faded.
async function faded(page) {
    await settled(page);
    return page.evaluate(() => [...document.querySelectorAll('.view:not([hidden]) .stage svg > g:not(.ground):not(.veil):not(.later)')].filter(g => {
        const style = getComputedStyle(g);
        return style.visibility === 'visible' && Number(style.opacity) < 0.5;
    }).length);
}

async function isWithin(page, locator) {
    await settled(page);
    const inner = await locator.boundingBox(), outer = await page.locator('.view:not([hidden]) .stage').boundingBox();
    const {height} = page.viewportSize(), x = inner.x + inner.width / 2, y = inner.y + inner.height / 2;
    return x >= outer.x && x <= outer.x + outer.width && y >= Math.max(outer.y, 0) && y <= Math.min(outer.y + outer.height, height);
}

check('the slider, by mouse', llama('moves'), {}, async page => {
    const box = await slider(page).boundingBox(), middle = box.y + box.height / 2;
    assert.equal(await slider(page).getAttribute('aria-valuetext'), 'Difference');
    assert.ok((await seen(page)).some(text => text.includes('Nat Friedman')));
    await page.mouse.move(box.x + box.width / 2, middle);
    await page.mouse.down();
    await page.mouse.move(box.x + 4, middle, {steps: 5});
    await page.mouse.up();
    assert.equal(await slider(page).getAttribute('aria-valuetext'), 'Before, llama-2025-05.yaml');
    assert.ok(!(await seen(page)).some(text => text.includes('Nat Friedman')));
    assert.match(await page.locator('h1').textContent(), /before$/);
    assert.match(await page.locator('svg > desc').textContent(), /18|people/);
    await page.waitForFunction(() => location.hash === '#panel=before');
    await page.locator('.mark', {hasText: 'After'}).click();
    assert.equal(await slider(page).inputValue(), '2');
    assert.ok((await seen(page)).some(text => text.includes('Nat Friedman')));
    await page.waitForFunction(() => location.hash === '#panel=after');
});

check('the slider, by keyboard', llama('storyline'), {}, async page => {
    const names = [];
    await tabTo(page, '.revision input');
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Home', 'End']) {
        await page.keyboard.press(key);
        names.push((await slider(page).getAttribute('aria-valuetext')).split(',')[0]);
    }
    assert.deepEqual(names, ['Before', 'Difference', 'After', 'After', 'Before', 'After']);
    assert.equal(await slider(page).getAttribute('aria-label'), 'Revision');
    await page.waitForFunction(() => location.hash === '#panel=after');
    for (const [panel, has] of [['before', false], ['after', true]]) { // only what is seen can be reached
        await slider(page).fill(panel === 'before' ? '0' : '2');
        await settled(page);
        const names = await page.locator('.stage g[role=button]:visible').evaluateAll(all => all.map(g => g.getAttribute('aria-label')));
        assert.equal(names.includes('Trapit Bansal'), has);
        assert.equal(names.filter(name => name === 'Guillaume Lample').length, 1); // not once more for another panel
        assert.equal(await page.locator('.stage g[tabindex="0"]').count(), 1);
    }
});

// What both revisions have stands at one place in all three pictures.
for (const view of ['storyline', 'moves', 'strategy', 'causes', 'snapshot']) {
    check(`${view}: what is shared keeps its place`, llama(view), {}, async page => {
        const places = {};
        for (const [panel, at] of [['before', '0'], ['diff', '1'], ['after', '2']]) {
            await slider(page).fill(at);
            places[panel] = Object.fromEntries(await page.evaluate(() => [...document.querySelectorAll('.stage svg > g[data-panels]')]
                .filter(g => g.checkVisibility({visibilityProperty: true}) && g.querySelector('path, polygon, rect, ellipse') && ['lab', 'stance', 'event', 'person'].includes(g.dataset.kind) && !g.querySelector('text:only-child'))
                .map(g => {
                    const shape = g.querySelector('polygon, path, rect, ellipse').getBBox();
                    return [g.dataset.part || g.id.replace(/^orgflow-[a-z]+-/, ''), [shape.x + shape.width / 2, shape.y + shape.height / 2].map(Math.round).join()];
                })));
        }
        const shared = Object.keys(places.before).filter(id => id in places.after && id in places.diff);
        assert.ok(shared.length >= (view === 'strategy' ? 3 : 5), `${shared.length} shared`);
        if (view !== 'storyline') { // where lanes reach as far as each revision knows
            assert.deepEqual(shared.filter(id => places.before[id] !== places.after[id] || places.diff[id] !== places.after[id]), []);
        }
    });
}

for (const panel of ['retention', 'alluvial']) {
    check(`${panel}: two revisions, each by itself`, llama(panel), {}, async page => {
        assert.equal(await slider(page).getAttribute('max'), '1');
        assert.equal(await slider(page).getAttribute('aria-valuetext'), 'After, llama-2025-12.yaml');
        assert.match(await page.locator('.apart').textContent(), /do not share their places/);
        const after = await seen(page);
        await slider(page).fill('0');
        assert.notDeepEqual(await seen(page), after);
        assert.match(await page.locator('.subtitle').textContent(), /llama-2025-05/);
    });
}

check('a change, by mouse', llama('storyline'), {}, async page => {
    const id = 'event.added:lecun-to-ami', button = row(page, id).locator('.words button');
    assert.equal(await faded(page), 0);
    await button.click();
    const mark = page.locator(`.stage svg > g[data-change-ids~="${id}"].move`).first();
    assert.ok(await isWithin(page, mark));
    assert.ok(await faded(page) > 50);
    assert.equal(await mark.evaluate(g => getComputedStyle(g).opacity), '1');
    assert.equal(await button.getAttribute('aria-current'), 'true');
    assert.match(await page.locator('.told').textContent(), /^\+move lecun-to-ami added: 2025-12~ from fair to ami/);
    assert.match(await row(page, id).textContent(), /llama-2025-12\.yaml:\d+Hindustan Times, Nov 2025/);
    await page.waitForFunction(() => location.hash.startsWith('#change=event.added:lecun-to-ami'));
    await button.click(); // again: no longer
    assert.equal(await faded(page), 0);
});

check('a change, by keyboard, and one after the other', llama('moves'), {}, async page => {
    await tabTo(page, '#changes li[data-change="event.added:google-others"] button');
    await page.keyboard.press('Enter');
    assert.ok(await faded(page) > 20);
    assert.equal(await page.evaluate(() => document.activeElement.closest('li')?.dataset.change), 'event.added:google-others');
    await page.keyboard.press('Escape');
    assert.equal(await faded(page), 0);
    const told = [];
    for (const name of ['Next change', 'Next change', 'Previous change']) {
        await page.getByRole('button', {name}).focus();
        await page.keyboard.press('Enter');
        told.push(await page.locator('.told').textContent());
    }
    assert.equal(told[2], told[0]);
    assert.notEqual(told[1], told[0]);
});

check('from a place in the drawing to its change', llama('snapshot'), {}, async page => {
    await page.locator('.stage svg > g[data-person="lecun"]:visible').first().click();
    assert.ok(await page.locator('.card').getByRole('button', {name: /^move lecun-to-ami added/}).isVisible());
    assert.ok(await row(page, 'event.added:lecun-to-ami').evaluate(li => li.classList.contains('lit')));
    await page.locator('.card').getByRole('button', {name: /^move lecun-to-ami added/}).click();
    await page.waitForFunction(() => location.hash.startsWith('#change=event.added:lecun-to-ami'));
    await settled(page);
    assert.ok(await row(page, 'event.added:lecun-to-ami').evaluate(li => { const box = li.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; }));
});

check('a link to a change', llama('storyline'), {hash: '#change=event.added:llamacon&look=dark'}, async page => {
    assert.equal(await row(page, 'event.added:llamacon').locator('.words button').getAttribute('aria-current'), 'true');
    assert.ok(await isWithin(page, page.locator('.stage svg > g[data-change-ids~="event.added:llamacon"]').first()));
    assert.match(await hash(page), /change=event\.added:llamacon.*look=dark/);
});

check('a link to a change, and to a panel that does not show it', llama('moves'), {hash: '#panel=before&change=event.added:wang-tbd'}, async page => {
    assert.equal(await slider(page).getAttribute('aria-valuetext'), 'Difference');
    assert.ok(await isWithin(page, page.locator('.stage svg > g[data-change-ids~="event.added:wang-tbd"]:visible').first()));
});

check('a link to no change', llama('moves'), {hash: '#change=event.added:nobody&panel=sideways'}, async page => {
    assert.equal(await faded(page), 0);
    assert.equal(await slider(page).getAttribute('aria-valuetext'), 'Difference');
    assert.equal(await page.locator('#changes .lit').count(), 0);
});

check('all other parts hold', llama('storyline'), {}, async page => {
    await page.locator('#search').fill('friedman');
    await page.locator('.panel').getByRole('button', {name: 'Nat Friedman', exact: true}).first().click();
    await page.waitForFunction(() => location.hash.includes('person=friedman'));
    assert.match(await page.locator('.card').innerText(), /What happened/);
    await page.locator('#search').fill('');
    const time = page.locator('.time input'), last = Number(await time.getAttribute('max'));
    assert.ok(last > 20);
    await time.fill('3');
    const early = (await seen(page)).length;
    await page.waitForFunction(() => location.hash.includes('day='));
    await time.fill(String(last));
    assert.ok((await seen(page)).length > early);
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.locator('.walk').isVisible(), false);
    assert.equal(await page.locator('#changes').isVisible(), true);
});

for (const view of ['moves', 'strategy', 'causes']) {
    check(`${view}: time`, llama(view), {}, async page => {
        const time = page.locator('.time input'), words = async () => (await seen(page)).length, all = await words();
        await time.fill('0');
        assert.ok(await words() < all);
        assert.match(await page.locator('.news').textContent(), /^New: /);
        await time.focus();
        await page.keyboard.press('End');
        assert.equal(await words(), all);
    });
}

check('several views on one page', () => compare(OLD, NEW, null, 1, '-v', 'moves', '-v', 'alluvial', '-v', 'strategy'), {}, async page => {
    await slider(page).fill('0');
    await page.getByRole('link', {name: /what changed|after|before/}).nth(1).click();
    await page.waitForFunction(() => location.hash.includes('view=alluvial'));
    assert.equal(await slider(page).getAttribute('max'), '1');
    assert.equal(await page.locator('#changes:visible').count(), 1);
    assert.equal(await page.locator('.walk:visible').count(), 1);
});

check('nothing changed', () => compare(OLD, OLD, 'moves', 0), {}, async page => {
    assert.equal(await page.locator('.same').textContent(), 'Nothing changed: both revisions say the same.');
    assert.equal(await page.locator('.revision').count(), 0);
    assert.equal(await page.locator('#changes').isVisible(), false);
    assert.ok((await seen(page)).length > 10);
});

test('filters hold as in other formats', async () => {
    for (const [options, n] of [[['--only', 'person'], 24], [['--person', 'lecun'], 2], [['--ignore', 'event,source'], 41]]) {
        const page = await open(compare(OLD, NEW, 'moves', 1, ...options));
        assert.equal(await page.locator('#changes li[data-change]').count(), n, options.join(' '));
        assert.deepEqual(page.faults, []);
        await page.context().close();
    }
    const page = await open(compare(OLD, NEW, 'moves', 1, '-R'));
    assert.equal(await page.locator('.mark').first().innerText(), 'Before\nllama-2025-12.yaml');
    assert.equal(await page.locator('#changes li.removed').count() > 100, true);
    await page.context().close();
});

check('without scripts: the difference and its list', llama('moves'), {javaScriptEnabled: false}, async page => {
    assert.equal(await page.locator('#changes li[data-change]').count(), 114);
    assert.ok(await page.locator('#changes').isVisible());
    assert.ok(await page.locator('.stage svg > g[data-panels~=diff]').first().isVisible());
    assert.equal(await page.locator('.stage svg > g[data-panels]:not([data-panels~=diff]):visible').count(), 0);
});

for (const view of VIEWS) for (const colorScheme of ['light', 'dark']) {
    check(`rules: ${view}, ${colorScheme}`, llama(view), {colorScheme}, async page => {
        const obeys = async when => {
            await settled(page);
            await page.locator('.view:not([hidden]) button', {hasText: /^Fit$/}).click({force: true}); // words that the edge cuts off are not there, to axe
            await page.evaluate(axe);
            const {violations} = await page.evaluate(() => window.axe.run(document, {resultTypes: ['violations']}));
            assert.deepEqual(violations.map(({id, nodes}) => `${when}: ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 200)} ${nodes[0].failureSummary}`), []);
        };
        await obeys('at rest');
        await page.locator('#changes .words button').nth(2).click();
        await obeys('a change');
        await slider(page).fill('0');
        await page.setViewportSize({width: 360, height: 700});
        await obeys('before, narrow');
    });
}

for (const view of VIEWS) {
    test(`size: ${view}`, () => {
        const drawings = path.join(folder, `difference-${view}/`);
        spawnSync(process.env.ORGFLOW, ['diff', '-q', OLD, NEW, '-v', view, '-f', 'svg', '--panel', 'all', '-o', drawings]);
        const svg = fs.readdirSync(drawings).reduce((sum, name) => sum + fs.statSync(path.join(drawings, name)).size, 0), page = fs.statSync(llama(view)()).size;
        assert.ok(page < 1.5 * svg + 60000, `${page} bytes, ${svg} of the SVG of all three`);
    });
}

const HOSTILE = ['<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '</script><!--<script>', '\' onmouseover=alert(1) x=\'', '%20 %zz 100%', '\u202eevil\u2066'];

function write(name, text, more) {
    const file = path.join(folder, `${name}.json`);
    fs.writeFileSync(file, JSON.stringify({
        orgflow: 1, title: text, sources: {s: {title: text, publisher: text, url: 'https://example.org/?"<b>'}},
        labs: {a: {name: text + 'a', strategy: 's1'}, b: {name: text + 'b'}}, strategies: {s1: {name: text}, s2: {name: text + more}},
        people: {p: {name: text + more, lab: 'a', since: '2019', role: text}, q: {name: text + 'q', lab: 'b', since: '2018'}},
        events: [{date: '2020', type: 'move', people: ['p'], from: 'a', to: 'b', title: text + more, sources: ['s']},
            {id: 'e2', date: more ? '2021' : '2020-06', type: 'shift', lab: 'a', to: 's2', title: text, note: text + more}, {id: 'e3', date: '2021-04', type: 'release', lab: 'b', title: text + more}],
        claims: [{text: text + more, person: 'p', lab: 'b', at: '2021', count: 1, sources: ['s']}],
    }));
    return file;
}

HOSTILE.forEach((text, i) => {
    check(`hostile: ${JSON.stringify(text)}`, () => compare(write(`hostile-old-${i}`, text, ''), write(`hostile-new-${i}`, text, ' new ' + text), null, 1, '-v', 'storyline', '-v', 'moves', '-v', 'causes'), {}, async page => {
        const ids = await page.locator('#changes li').evaluateAll(all => all.map(li => li.dataset.change));
        assert.ok(ids.length >= 5, ids.join('\n'));
        for (const id of ids) {
            await page.evaluate(wanted => { location.hash = '#change=' + encodeURIComponent(wanted); }, id);
            await page.waitForFunction(wanted => document.querySelector('#changes [aria-current]')?.closest('li').dataset.change === wanted, id);
        }
        for (const at of ['0', '2', '1']) await slider(page).fill(at);
        assert.equal(await page.locator('script').count(), 3);
        assert.equal(await page.locator('img, iframe, object, embed, base, image, use, b').count(), 0);
    });
});
