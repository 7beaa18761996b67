/**
 * Encrypted overlays: what ESP headers tell of a swarm's keys without having them, and what is inside where keys are given.
 * Keys are never printed, and never leave this package.
 */
package dev.swarmlens.analyzer.esp;
