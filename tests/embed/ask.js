// Asks a coprocess, one line in and one line out: ask.js OSSEO [ROUND_TRIPS]
'use strict';
const { spawn } = require('child_process');
const readline = require('readline');

const child = spawn(process.argv[2], ['--json', '--dialogue'], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = [];
readline.createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()(JSON.parse(line)));

// A line is a question: what a person typed must not hold a line end.
function ask(question) {
  return new Promise((resolve) => {
    waiting.push(resolve);
    child.stdin.write(question.replace(/\s+/g, ' ') + '\n');
  });
}

async function main() {
  let reply;
  for (let i = 0; i < Number(process.argv[3] || 1); i++) {
    reply = await ask('how long do\nmini implants last?');
    if (reply.card) { // somebody may be in danger: this first
      console.log(reply.card.say);
    }
    if (reply.outcome !== 'answer') {
      throw new Error('no answer');
    }
  }
  console.log(reply.passage + '\n' + reply.caveat);
  child.stdin.end(); // which ends osseo
}
main();
