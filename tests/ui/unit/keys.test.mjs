import test from "node:test";
import assert from "node:assert/strict";
import {
  ACTIONS,
  actionFor,
  chordOf,
  clashes,
  defaultKeymap,
  GROUPS,
  isSingle,
  keysOf,
  PRESETS,
  presetKeymap,
  readKeymap,
  rebind,
} from "../../../assets/js/keys.js";

const map = defaultKeymap();
const press = (key, more = {}) => chordOf({ key, ...more });

test("no key means two things at once, in no preset", () => {
  assert.deepEqual(clashes(map), []);
  for (const name of Object.keys(PRESETS)) assert.deepEqual(clashes(presetKeymap(name)), [], name);
});

test("every action has a place in the help and every preset names actions that are", () => {
  for (const action of ACTIONS) assert.ok(GROUPS.includes(action.group), action.id);
  for (const preset of Object.values(PRESETS))
    for (const id of Object.keys(preset))
      assert.ok(
        ACTIONS.some((action) => action.id === id),
        id,
      );
});

test("the same key does what its page is for, and nothing on a page that it is not for", () => {
  assert.equal(actionFor(map, "review", press("x"))?.id, "reject");
  assert.equal(actionFor(map, "align", press("x"))?.id, "unalign");
  assert.equal(actionFor(map, "other", press("x")), null);
  assert.equal(actionFor(map, "align", press("ArrowLeft"))?.id, "side-left");
  assert.equal(actionFor(map, "review", press("ArrowLeft")), null);
});

test("a preset has the other tool's keys, and what they meant is still to be had", () => {
  const omegat = presetKeymap("omegat");
  assert.deepEqual(
    ["U", "D", "P", "Ctrl+Z"].map((key) => actionFor(omegat, "align", key)?.id),
    ["shift-up", "pop-down", "realign", "undo"],
  );
  const intertext = presetKeymap("intertext");
  assert.deepEqual(
    ["Ctrl+ArrowUp", "Ctrl+Enter", "Enter", "Backspace"].map((key) => actionFor(intertext, "align", key)?.id),
    ["shift-up", "split", "push", "pull"],
  );
});

test("shift is told apart on letters and names, not on signs that need it", () => {
  assert.equal(press("a"), "A");
  assert.equal(press("A", { shiftKey: true }), "Shift+A");
  assert.equal(press("?", { shiftKey: true }), "?");
  assert.equal(press("Z", { ctrlKey: true, shiftKey: true }), "Ctrl+Shift+Z");
  assert.equal(press("z", { metaKey: true }), "Ctrl+Z");
});

test("alt reads the key's place, since it types another character on a mac", () => {
  assert.equal(press("˜", { altKey: true, code: "KeyN" }), "Alt+N");
});

test("without single keys only chords and named keys are left", () => {
  const off = { ...map, single: false };
  assert.equal(actionFor(off, "review", "A"), null);
  assert.equal(actionFor(off, "review", "Shift+A"), null);
  assert.equal(actionFor(off, "review", "ArrowDown")?.id, "next");
  assert.equal(actionFor(off, "review", "Ctrl+Z")?.id, "undo");
  assert.ok(isSingle("?") && !isSingle("F2") && !isSingle("Alt+N"));
});

test("a key given to one action is taken from the other of the same page", () => {
  const changed = rebind(map, "accept", ["X"]);
  assert.equal(actionFor(changed, "review", "X")?.id, "accept");
  assert.deepEqual(
    keysOf(
      changed,
      ACTIONS.find((action) => action.id === "reject"),
    ),
    [],
  );
  assert.deepEqual(clashes(changed), []);
});

test("what was stored is read back, and nonsense is the default", () => {
  const changed = { ...rebind(map, "accept", ["Q"]), single: false };
  assert.deepEqual(readKeymap(JSON.stringify(changed)), changed);
  for (const stored of [null, "", "[]", "7", "null", '{"changed":{"nothing":["A"],"accept":7},"single":"no"}'])
    assert.deepEqual(readKeymap(stored), map);
});
