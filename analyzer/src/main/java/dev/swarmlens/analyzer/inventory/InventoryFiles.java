package dev.swarmlens.analyzer.inventory;

import dev.swarmlens.analyzer.kernel.TableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;

/** Finds the files of an inventory and reads them. */
final class InventoryFiles {

    private final DockerObjects objects = new DockerObjects();
    private final TableFiles tables = new TableFiles();
    private Sources sources = Sources.NONE;

    Inventory toInventory() {
        return new Inventory(objects, tables.read(), sources);
    }

    void read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            walk(path);
            return;
        }
        if (Files.isRegularFile(path) && Files.isReadable(path) && tables.take(path)) {
            return;
        }
        // Named by the user, so it may be a pipe, and it is an error if it cannot be opened.
        try (InputStream bytes = Files.newInputStream(path)) {
            read(bytes);
        }
    }

    void read(InputStream bytes) {
        try {
            JsonValues.Outcome outcome = JsonValues.read(bytes, objects::take);
            sources = sources.withFile(outcome.taken(), outcome.broken());
        } catch (IOException unreadable) {
            sources = sources.withFile(0, false);
        }
    }

    private void walk(Path folder) throws IOException {
        Files.walkFileTree(
                folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        // Opening a pipe or a device that merely lies in a folder could wait for ever.
                        if (attributes.isRegularFile()) {
                            if (!tables.take(file)) {
                                readQuietly(file);
                            }
                        } else {
                            sources = sources.withFile(0, false);
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException reason) {
                        sources = sources.withFile(0, false);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException reason) {
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private void readQuietly(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            read(bytes);
        } catch (IOException unreadable) {
            sources = sources.withFile(0, false);
        }
    }
}
