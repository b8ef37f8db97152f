// What the page does beyond being read: language, theme, search, filters, keys. All text is set as text, never as markup.
'use strict';
const root = document.documentElement;
root.classList.add('js');

const remember = (key, value) => { try { localStorage.setItem('bitexto.' + key, value); } catch { /* a page from a file may have no storage */ } };
const recall = (key) => { try { return localStorage.getItem('bitexto.' + key); } catch { return null; } };
if (recall('theme')) root.dataset.theme = recall('theme');

document.addEventListener('DOMContentLoaded', () => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const byId = (id) => document.getElementById(id);
  const labels = JSON.parse(byId('labels').textContent);
  const rows = all('.r');
  const active = new Set();
  let lang = 'en';

  // Language: every element says which label or which number it shows.
  const number = (n) => new Intl.NumberFormat(lang).format(n);
  const say = (key, n, m) => {
    const text = labels[lang][n === undefined || labels[lang][key] ? key : key + (n === 1 ? '.one' : '.other')];
    return text.replace('{n}', () => number(n)).replace('{m}', () => number(m));
  };
  const speak = (code) => {
    lang = root.lang = code;
    for (const e of all('[data-t]')) e.textContent = say(e.dataset.t, e.dataset.n === undefined ? undefined : Number(e.dataset.n));
    for (const e of all('[data-en]')) e.textContent = e.dataset[lang];
    for (const e of all('[data-i]')) e.textContent = number(Number(e.dataset.i));
    for (const e of all('[data-c]')) e.textContent = lang === 'es' ? e.dataset.c.replace('.', ',') : e.dataset.c;
    for (const e of all('[data-a]')) e.dataset.a.split(' ').forEach((name) => e.setAttribute(name, say(e.dataset.k)));
    for (const e of all('[data-lang]')) e.setAttribute('aria-pressed', String(e.dataset.lang === lang));
    apply();
  };

  // Folding as in the rest of bitexto: no case, no accents, but ñ is a letter of its own.
  const fold = (text) => text.normalize('NFD').replace(/n\u0303/gi, 'ñ').replace(/\p{M}/gu, '').toLowerCase();
  const folded = new Map();
  const textOf = (element) => {
    if (!folded.has(element)) folded.set(element, fold(all('.x, blockquote, h3, .facts dd, .outlet', element).map(plain).join(' ')));
    return folded.get(element);
  };
  // What a rendering leaves out is not in its text.
  const plain = (element) => {
    const copy = element.cloneNode(true);
    all('del', copy).forEach((e) => e.remove());
    return copy.textContent;
  };
  const terms = () => [...fold(byId('q').value).matchAll(/"([^"]+)"|([^\s"]+)/g)].map((m) => m[1] || m[2]);

  // Filters: a row is shown if it has every tag that is picked and every term of the search.
  const apply = () => {
    const words = terms();
    const filtered = words.length > 0 || active.size > 0;
    let shown = 0;
    for (const row of rows) {
      const tags = row.dataset.tags.split(' ');
      const fits = [...active].every((tag) => tags.includes(tag)) && words.every((word) => textOf(row).includes(word));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const details of all('.pairs details')) {
      const hit = all('.r:not([hidden])', details).length > 0;
      if (details.dataset.was === undefined) details.dataset.was = details.open;
      details.hidden = filtered && !hit;
      details.open = filtered ? hit : details.dataset.was === 'true';
    }
    let cards = 0;
    for (const card of all('.card.st, .card.bt')) {
      const hit = all('.r:not([hidden])', card).length > 0;
      const spoken = active.size === 0 && words.length > 0 && card.matches('.st') && words.every((word) => textOf(card).includes(word));
      card.hidden = filtered && !hit && !spoken;
      for (const texts of all('.cols', card)) texts.hidden = filtered && !spoken;
      for (const pairs of all('.pairs', card)) pairs.hidden = filtered && all('.r:not([hidden])', pairs).length === 0;
      cards += card.hidden ? 0 : 1;
    }
    for (const group of all('.group')) group.hidden = filtered && all('.card:not([hidden])', group).length === 0;
    byId('nomatch').hidden = !filtered || cards > 0;
    byId('clear').hidden = !filtered;
    byId('shown').textContent = rows.length > 0 ? say('shown', rows.length, shown) : '';
    for (const button of all('[data-tag]')) button.setAttribute('aria-pressed', String(active.has(button.dataset.tag)));
    showPicked();
    highlight(words);
  };
  // What was picked in the charts must be seen, and undone, from the toolbar.
  const showPicked = () => {
    const chips = [...active].filter((tag) => !all('#bar > [data-tag]').some((chip) => chip.dataset.tag === tag)).map((tag) => {
      const chip = document.createElement('button');
      const name = all('.pick').find((button) => button.dataset.tag === tag);
      chip.type = 'button';
      chip.className = 'chip';
      chip.setAttribute('aria-pressed', 'true');
      chip.textContent = (name ? name.textContent : tag) + ' ✕';
      chip.addEventListener('click', () => pick(tag));
      return chip;
    });
    byId('picked').replaceChildren(...chips);
  };
  const pick = (tag) => {
    if (!active.delete(tag)) active.add(tag);
    apply();
  };
  const clear = () => {
    active.clear();
    byId('q').value = '';
    apply();
  };

  // Matches are painted without touching the text, where the browser can (CSS Custom Highlight API).
  const highlight = (words) => {
    if (!CSS.highlights) return;
    CSS.highlights.delete('search');
    if (words.length === 0) return;
    const ranges = [];
    for (const cell of all('.r:not([hidden]) .x, .st:not([hidden]) blockquote')) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      while (ranges.length < 2000 && walker.nextNode()) ranges.push(...matches(walker.currentNode, words));
    }
    CSS.highlights.set('search', new Highlight(...ranges));
  };
  const matches = (node, words) => {
    let text = '';
    const places = [];
    let at = 0;
    for (const c of node.data) {
      for (const f of fold(c)) {
        text += f;
        places.push([at, at + c.length]);
      }
      at += c.length;
    }
    const found = [];
    for (const word of words) {
      for (let from = text.indexOf(word); from >= 0; from = text.indexOf(word, from + word.length)) {
        const range = document.createRange();
        range.setStart(node, places[from][0]);
        range.setEnd(node, places[from + word.length - 1][1]);
        found.push(range);
      }
    }
    return found;
  };

  // Keys: never inside a text field, never with a modifier, and they can be switched off (WCAG 2.1.4).
  const inSight = (row) => !row.hidden && !row.closest('[hidden], details:not([open])');
  const move = (step, wanted) => {
    let at = rows.indexOf(document.activeElement.closest('.r'));
    // Without a row in focus, start from what is on the screen.
    if (at < 0) at = rows.findIndex((row) => inSight(row) && row.getBoundingClientRect().bottom > 60) + (step > 0 ? -1 : 0);
    for (at += step; at >= 0 && at < rows.length; at += step) {
      if (inSight(rows[at]) && wanted(rows[at])) return go(rows[at]);
    }
  };
  const go = (row) => {
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'center', behavior: 'instant' });
  };
  const worthALook = (row) => /(^| )(doubtful|found)( |$)/.test(row.dataset.tags);
  const keys = {
    j: () => move(1, () => true),
    k: () => move(-1, () => true),
    n: () => move(1, worthALook),
    p: () => move(-1, worthALook),
    '/': () => byId('q').focus(),
    '?': () => byId('keys').showModal(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || byId('keys').open) return;
    if (event.key === 'Escape') {
      clear();
      return document.activeElement.blur();
    }
    if (event.target.matches('input[type="search"]') || !byId('single').checked || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });

  let typing;
  byId('q').addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(apply, 80);
  });
  byId('clear').addEventListener('click', clear);
  for (const button of all('[data-tag]')) button.addEventListener('click', () => pick(button.dataset.tag));
  for (const button of all('[data-lang]')) {
    button.addEventListener('click', () => {
      remember('lang', button.dataset.lang);
      speak(button.dataset.lang);
    });
  }
  byId('theme').addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
    remember('theme', root.dataset.theme);
  });
  byId('help').addEventListener('click', keys['?']);
  byId('close').addEventListener('click', () => byId('keys').close());
  byId('single').checked = recall('keys') !== 'off';
  byId('single').addEventListener('change', () => remember('keys', byId('single').checked ? 'on' : 'off'));
  if (byId('marks')) byId('marks').addEventListener('change', (event) => root.classList.toggle('nomarks', !event.target.checked));

  // On paper everything is open.
  addEventListener('beforeprint', () => all('details').forEach((e) => { e.dataset.screen = e.open; e.open = true; }));
  addEventListener('afterprint', () => all('details').forEach((e) => { e.open = e.dataset.screen === 'true'; }));

  byId('bar').hidden = rows.length === 0;
  byId('tools').hidden = false;
  speak(recall('lang') || (navigator.language.startsWith('es') ? 'es' : 'en'));
});
