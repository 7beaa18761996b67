/** Small programs that show how the library is used. */
package dev.swarmlens.samples;
