/** The protocols that come with swarmlens, and how they follow each other. */
package dev.swarmlens.codecs.standard;
