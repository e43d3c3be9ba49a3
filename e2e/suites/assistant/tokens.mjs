import { Tiktoken } from 'js-tiktoken/lite';
import ranks from 'js-tiktoken/ranks/o200k_base';

const encoding = new Tiktoken(ranks);

/** How many tokens a text takes, by the tokenizer of GPT-4o and later. */
export function tokensIn(text) {
	return encoding.encode(text).length;
}
