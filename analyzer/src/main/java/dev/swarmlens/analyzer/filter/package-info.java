/** Display filters: a small language over the fields' names that says which packets are wanted. */
package dev.swarmlens.analyzer.filter;
