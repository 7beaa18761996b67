package dev.swarmlens.codecs;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The laws of {@link FrameChecks} for whatever bytes reach code that none reached before. */
class FrameFuzzTest {

    @MethodSource("dev.swarmlens.codecs.FuzzInputsTest#inputs")
    @DictionaryFile(resourcePath = "fuzz.dict")
    @FuzzTest
    void dissection(byte[] input) {
        FrameChecks.dissection(new FuzzedFrame(input));
    }

    @MethodSource("dev.swarmlens.codecs.FuzzInputsTest#inputs")
    @DictionaryFile(resourcePath = "fuzz.dict")
    @FuzzTest
    void packet(byte[] input) {
        FrameChecks.packet(new FuzzedFrame(input));
    }

    @MethodSource("dev.swarmlens.codecs.FuzzInputsTest#inputs")
    @DictionaryFile(resourcePath = "fuzz.dict")
    @FuzzTest
    void header(byte[] input) {
        FrameChecks.header(new FuzzedFrame(input));
    }
}
